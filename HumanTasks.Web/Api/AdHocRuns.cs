using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>
/// The endpoints of ad-hoc interventions and tasks: <c>POST /api/interventions</c> and <c>POST /api/tasks</c>.
/// </summary>
public static class AdHocRuns
{
    private const string DefaultTitle = "Your response is needed";

    private static readonly Shape InterventionShape =
        RuleSetShape.InterventionRequest(RequestMembers.ContextMember, RequestMembers.CorrelationIdMember);

    private static readonly Shape TaskShape =
        RuleSetShape.TaskRequest(RequestMembers.ContextMember, RequestMembers.CorrelationIdMember, ModelRequest.Member);

    public static void MapAdHocRuns(this IEndpointRouteBuilder app)
    {
        app.MapPost("/interventions", InterveneAsync)
            .WithTags("Human interventions")
            .RequireAuthorization(Scopes.Runs)
            .Operation("createIntervention", "run-allowance-exhausted")
            .WithSummary("Creates a human intervention with a public, time-limited link. Each response queues the continuation.")
            .Takes(InterventionShape)
            .Produces<InterventionCreated>(StatusCodes.Status201Created);
        app.MapPost("/tasks", AssignAsync)
            .WithTags("Human tasks")
            .RequireAuthorization(Scopes.Tasks)
            .Operation("createTask", "human-tasks-disabled", "run-allowance-exhausted")
            .WithSummary("Creates a human task for an assignee.")
            .Takes(TaskShape)
            .Produces<TaskCreated>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> InterveneAsync(
        HttpContext context,
        RunOperations runs,
        TaskOperations tasks,
        RuleSetCatalog ruleSets,
        EnvironmentCatalog environments,
        TimeProvider time)
    {
        Idempotency.Answers(context, change => change is { Run.Version: 1, Tasks: [var asked] } ? Created(asked) : null);
        var (task, refusal) = await CreateAsync(
            context, "humanIntervention", RuleSetName.Intervention, runs, ruleSets, environments, time);
        return task is null ? refusal! : Created(task);

        IResult Created(HumanTask asked) => TypedResults.Created($"{context.Request.PathBase}/api/tasks/{asked.Id}", new InterventionCreated(
            asked.Id, asked.RunId, asked.CorrelationId, tasks.LinkOf(TaskView.Of(asked)), asked.Schedule.ExpiresAt, asked.Asked.Uses.Max));
    }

    private static async Task<IResult> AssignAsync(
        HttpContext context,
        RunOperations runs,
        TaskOperations tasks,
        RuleSetCatalog ruleSets,
        EnvironmentCatalog environments,
        Members members,
        PublicBaseAddress address,
        TimeProvider time)
    {
        if (TaskCalls.Disabled(context) is { } disabled)
        {
            return disabled;
        }

        var environment = environments.Get(context.User.EnvironmentId());
        var asked = new ModelRequest(environment.Models, members.UsualAssignee(environment.Id));
        Idempotency.Answers(context, change => change is { Run.Version: 1, Tasks: [var task] } ? Created(task) : null);
        var (made, refusal) = await CreateAsync(
            context, "humanTask", RuleSetName.Task, runs, ruleSets, environments, time, asked);
        return made is null ? refusal! : Created(made);

        IResult Created(HumanTask task) => TypedResults.Created(
            $"{context.Request.PathBase}/api/tasks/{task.Id}",
            new TaskCreated(task.Id, task.RunId, task.CorrelationId, tasks.LinkOf(TaskView.Of(task)), tasks.LinksOf(task))
            {
                UsualAssignee = asked.NamesNobody ? task.Asked.Names : null,
                StudioLink = asked.NamesNobody ? $"{address.Get().ToString().TrimEnd('/')}/studio/{task.Environment}/tasks/{task.Id}" : null,
            });
    }

    private static async Task<(HumanTask? Task, ProblemHttpResult? Refusal)> CreateAsync(
        HttpContext context,
        string actionType,
        string ruleSetName,
        RunOperations runs,
        RuleSetCatalog ruleSets,
        EnvironmentCatalog environments,
        TimeProvider time,
        ModelRequest? asked = null)
    {
        var environment = environments.Get(context.User.EnvironmentId());
        var (document, malformed) = await ApiRequest.ReadDocumentAsync(context);
        if (document is null)
        {
            return (null, malformed);
        }

        StartRequest start;
        using (document)
        {
            var problems = new Problems { Literal = ModelRequest.IsIn(document.RootElement) };
            if (ObjectReader.Open(asked?.Complete(document.RootElement) ?? document.RootElement, "", problems) is not { } reader)
            {
                return (null, ApiProblem.InvalidDocument(problems));
            }

            var fromModel = asked?.Read(reader);

            var startContext = RequestMembers.Context(reader) ?? [];
            var correlationId = RequestMembers.CorrelationId(reader);
            var (usualTitle, shape) = asked is null ? (DefaultTitle, InterventionShape) : (null, TaskShape);
            var action = RuleSetReader.ReadAction(reader, actionType, AdHocRuleSet.Action, environment.Limits, usualTitle, shape);
            if (fromModel is not null && action is RuleAction.HumanTask question)
            {
                action = question with { FromModel = fromModel, LinkHosts = environment.Models.AllowedHosts };
            }

            DecimalRange.Check(document.RootElement, "", problems);
            if (action is null || problems.Count > 0)
            {
                return (null, ApiProblem.InvalidDocument(problems));
            }

            if (ContinuationOf(action) is Continuation.RuleSet && !context.User.May(Scopes.Runs))
            {
                return (null, ApiProblem.Of(
                    StatusCodes.Status403Forbidden,
                    "forbidden",
                    "A continuation to a rule set needs the scope 'runs'",
                    "It starts a run of that rule set. Use a key with the scope 'runs', or a webhook as the continuation."));
            }

            if (await MissingContinuationAsync(action, environment, ruleSets, context.RequestAborted) is { } missing)
            {
                return (null, ApiProblem.InvalidDocument([missing]));
            }

            start = new StartRequest(
                Idempotency.IdFor(context, time),
                environment,
                new RuleSet(ruleSetName, 0, [action]),
                startContext,
                correlationId)
            {
                MustPause = true,
                By = context.User.ActorName(),
            };
        }

        return await runs.StartAsync(start, context.RequestAborted) switch
        {
            StartVerdict.Started { Task: { } task } => (task, null),
            var refused => (null, Refusal(refused)),
        };
    }

    private static async Task<Problem?> MissingContinuationAsync(
        RuleAction action, RunEnvironment environment, RuleSetCatalog ruleSets, CancellationToken cancellationToken)
    {
        return ContinuationOf(action) is Continuation.RuleSet next
            && await ruleSets.FindAsync(environment.Id, next.Name, null, cancellationToken) is null
                ? new Problem("/continuation/ruleSet", $"No rule set named '{next.Name}' in this environment.")
                : null;
    }

    private static Continuation? ContinuationOf(RuleAction action) =>
        (action as RuleAction.HumanIntervention)?.Continuation ?? (action as RuleAction.HumanTask)?.Continuation;

    internal static ProblemHttpResult Refusal(StartVerdict verdict) => verdict switch
    {
        StartVerdict.AllowanceExhausted exhausted => ApiProblem.Of(
            StatusCodes.Status429TooManyRequests,
            "run-allowance-exhausted",
            "The monthly run allowance is used up",
            $"The environment '{exhausted.Environment.Id}' is limited to {exhausted.Environment.MonthlyRunAllowance} runs per month (MonthlyRunAllowance, UTC)."),
        StartVerdict.Invalid invalid => ApiProblem.InvalidDocument([new Problem(invalid.Pointer, invalid.Message)]),
        _ => throw new InvalidOperationException($"{verdict.GetType().Name} is not a refusal."),
    };
}
