using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Creates the task of an action, with all templates resolved and all times fixed.</summary>
internal static class TaskMaking
{
    private const int MaxTitle = 1000;
    private const int MaxAssignee = 254;
    private const int MaxTold = 20;

    /// <param name="draft">The turn.</param>
    /// <param name="action">The action that creates the task.</param>
    /// <param name="environment">The environment of the run.</param>
    /// <param name="decided">The responses to the earlier actions that <c>notSameAs</c> names.</param>
    public static ActionOutcome Ask(
        TurnDraft draft,
        RuleAction action,
        RunEnvironment environment,
        IReadOnlyDictionary<string, IReadOnlyList<HumanResponse>> decided)
    {
        var run = draft.Run;
        var assigned = action as RuleAction.HumanTask;
        var intervention = action as RuleAction.HumanIntervention;
        var request = assigned?.Request ?? intervention?.Request
            ?? throw new InvalidOperationException($"{action.Type} does not ask a person.");

        var timeZone = request.TimeZone ?? environment.TimeZone;
        var scope = draft.Scope().In(request.Language, Moments.ZoneOf(timeZone));
        var title = request.TitleFor(scope);
        var description = request.DescriptionFor(scope);
        var titles = request.Titles?.ToDictionary(text => text.Key, text => text.Value.RenderText(scope.In(text.Key)), StringComparer.Ordinal);
        var descriptions = request.Descriptions?.ToDictionary(text => text.Key, text => text.Value.RenderMarkdown(scope.In(text.Key)), StringComparer.Ordinal);
        var form = request.Form.Resolve(scope);
        var named = new PeopleReader(scope);
        var people = assigned is null ? null : TaskPeople.Of(assigned.Routing, draft, named, decided);
        var (timing, wrong) = assigned is null ? (null, null) : Timing.Of(assigned, scope, named);
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure.In(named.Problem);
        }

        if (named.Problem is { } nobody)
        {
            return Never(nobody.Message) with { At = nobody.At };
        }

        var only = (people?.Asked as Asked.One)?.Seat.Assignee; // several people have a limit of their own

        // stored, listed and emailed values have separate limits; problems name the member, never the value
        if (title.Length > MaxTitle || titles?.Values.Any(one => one.Length > MaxTitle) == true || only?.Length > MaxAssignee)
        {
            var (member, max) = only?.Length is null or <= MaxAssignee ? ("title", MaxTitle) : ("assignee", MaxAssignee);
            return Never($"'{member}' exceeds {max} characters after its templates are resolved.");
        }

        if ((people?.Problem ?? wrong) is { } problem)
        {
            return Never(problem);
        }

        var problems = new Problems { Resolved = true };
        if (request.Form.HasTemplates && FormReader.Read(form, "/form", problems, timeZone) is null)
        {
            return Never($"The form is invalid after its templates are resolved. See {problems[0].Pointer}.");
        }

        if (timing?.Default is { Rejects: false } silence)
        {
            if (FormInput.Check(Form.Read(form, timeZone), silence.Values, long.MaxValue, draft.Context) is not FormInput.Valid valid)
            {
                return Never("The values of 'default' are invalid for the form after their templates are resolved.");
            }

            timing = timing with { Default = silence with { Values = valid.Values } };
        }

        if (timing?.Escalations.Select(level => level.To).FirstOrDefault(to => people!.Excludes(to)) is { } excluded)
        {
            return Never($"'escalate' names a person excluded by 'notSameAs': {excluded}.");
        }

        var (dueAt, expiresAt) = Times(assigned?.Timing, intervention, draft);
        var kind = assigned is null ? TaskKind.HumanIntervention : TaskKind.HumanTask;
        var shown = ShownPath.Take(draft.Context, request.Show);
        var asked = people?.Asked ?? new Asked.Anyone(0, new Uses(intervention?.MaxUses ?? 1));
        var schedule = new Schedule(expiresAt) { DueAt = dueAt, Plan = timing };
        var task = NewTask.In(draft).Make(action.Name, kind, title, form, asked, schedule);
        task = TaskNotices.Marked(draft.Now, task with
        {
            Question = task.Question with
            {
                Titles = titles,
                Description = description,
                Descriptions = descriptions,
                Language = request.Language,
                TimeZone = timeZone,
                Context = shown,
                Show = request.Show?.Any(path => path.Label is not null || path.Format is not null) == true ? request.Show : null,
                FromModel = assigned?.FromModel,
                LinkHosts = assigned?.LinkHosts,
            },
            Rights = new Rights
            {
                AllowReject = assigned?.AllowReject ?? false,
                NotBy = people?.NotBy,
                DelegateTo = people?.DelegateTo,
            },
            Continuation = assigned?.Continuation ?? intervention?.Continuation,
        });
        draft.Put(task);
        draft.Log(RunEvent.TaskCreated, task.Id);
        draft.Become(new RunState.Paused(task.Id, expiresAt).With(
            assigned is null ? [] : TaskNotices.Plan(task, assigned.Timing, draft.Now)));
        return ActionOutcome.Waits;
    }

    private static ActionOutcome.Failed Never(string message) => new(ActionOutcome.Cut(message), MayPass: false);

    private static (DateTimeOffset? DueAt, DateTimeOffset ExpiresAt) Times(
        TimingRequest? timing, RuleAction.HumanIntervention? intervention, TurnDraft draft)
    {
        var until = draft.Run.AvailableUntil;
        DateTimeOffset After(TimeSpan time, string what) => timing?.HoursOf(what) is { } hours ? hours.Add(draft.Now, time) : draft.Now + time;
        var life = timing is null ? intervention?.LinkExpiration : timing.ExpiresIn;
        var expiresAt = life is { } given && given < until - draft.Now && After(given, "expires") is var at && at < until ? at : until;
        return (timing?.DueIn is { } due ? After(due, "due") : null, expiresAt);
    }

    /// <summary>Returns the plan of the task, or what is wrong with it.</summary>
    private static class Timing
    {
        public static (TaskPlan Plan, string? Problem) Of(RuleAction.HumanTask action, Scope scope, PeopleReader named)
        {
            var timing = action.Timing;
            var escalations = timing.Escalate
                .Select(level => new Escalation(level.To is { } to ? named.One(to) : null, named.All(level.Inform)))
                .ToArray();
            var told = named.All(action.TellOutcome);
            var silence = timing.Default is { } wanted
                ? new ExpiryDefault(wanted.Rejects, wanted.Values.Render(scope) as JsonObject ?? [], wanted.Reason?.RenderText(scope))
                : null;
            var plan = new TaskPlan
            {
                WorkingHours = timing.WorkingHours,
                RemindEvery = timing.RemindEvery,
                RemindsAtWork = timing.HoursOf("remind") is not null,
                Escalations = escalations,
                Default = silence,
                TellOutcome = told,
                Notifies = action.Notify,
                Channels = action.Channels,
                TitleInSubject = action.TitleInSubject,
            };
            return (plan, told.Count > MaxTold ? $"'notifyOutcome' has more than {MaxTold} addresses."
                : !told.All(TaskPeople.IsAddress) ? "'notifyOutcome' contains an invalid email address."
                : escalations.Any(level => level.Inform.Count > MaxTold) ? $"'escalate' has more than {MaxTold} addresses to inform."
                : escalations.Any(level => (level.To is { } to && !TaskPeople.IsAddress(to)) || !level.Inform.All(TaskPeople.IsAddress))
                    ? "'escalate' contains an invalid email address."
                : null);
        }
    }
}
