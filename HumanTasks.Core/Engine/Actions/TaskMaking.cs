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

/// <summary>Makes the task of an action: all that its templates bring and all that is to happen in time is settled here.</summary>
internal static class TaskMaking
{
    private const int MaxTitle = 1000;
    private const int MaxAssignee = 254;
    private const int MaxTold = 20;
    private const int MaxDelegates = 50;

    public static ActionOutcome Ask(TurnDraft draft, RuleAction action, RunEnvironment environment)
    {
        var run = draft.Run;
        var assigned = action as RuleAction.HumanTask;
        var intervention = action as RuleAction.HumanIntervention;
        var request = assigned?.Request ?? intervention?.Request
            ?? throw new InvalidOperationException($"{action.Type} does not ask a person.");

        var scope = draft.Scope();
        var title = request.Title.RenderText(scope);
        var description = request.Description?.RenderMarkdown(scope);
        var titles = request.Titles?.ToDictionary(text => text.Key, text => text.Value.RenderText(scope), StringComparer.Ordinal);
        var descriptions = request.Descriptions?.ToDictionary(text => text.Key, text => text.Value.RenderMarkdown(scope), StringComparer.Ordinal);
        var form = request.Form.Resolve(scope);
        var people = assigned is null ? null : People.Of(assigned.Routing, draft, scope);
        var (timing, wrong) = assigned is null ? (null, null) : Timing.Of(assigned, draft, scope);
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        // what is stored, listed and mailed has bounds of its own; the member and never the value
        if (title.Length > MaxTitle || titles?.Values.Any(one => one.Length > MaxTitle) == true || people?.Assignee?.Length > MaxAssignee)
        {
            var (member, max) = people?.Assignee?.Length is null or <= MaxAssignee ? ("title", MaxTitle) : ("assignee", MaxAssignee);
            return Never($"'{member}' has more than {max} characters once its templates are resolved.");
        }

        if ((people?.Problem ?? wrong) is { } problem)
        {
            return Never(problem);
        }

        var timeZone = request.TimeZone ?? environment.TimeZone;
        var problems = new Problems { Resolved = true };
        if (request.Form.HasTemplates && FormReader.Read(form, "/form", problems, timeZone) is null)
        {
            return Never($"The form is not valid once its templates are resolved: look at {problems[0].Pointer} and what its templates bring.");
        }

        if (timing?.Default is { Rejects: false } silence)
        {
            if (FormInput.Check(Form.Read(form, timeZone), silence.Values, long.MaxValue) is not FormInput.Valid valid)
            {
                return Never("The values of 'default' are not valid for the form once their templates are resolved.");
            }

            timing = timing with { Default = silence with { Values = valid.Values } };
        }

        if (timing?.Escalations.Select(level => level.To).FirstOrDefault(to => to is not null && people!.NotBy?.Contains(to) == true) is { } excluded)
        {
            return Never($"'escalate' would hand the task to somebody who may not answer it ('notSameAs'): {excluded}.");
        }

        var (dueAt, expiresAt) = Times(assigned?.Timing, intervention, draft);
        var task = new HumanTask
        {
            Id = HumanTask.IdOf(run.Id, action.Name),
            RunId = run.Id,
            Environment = run.Environment,
            RuleSet = run.RuleSet,
            RuleSetVersion = draft.RuleSet.Version,
            ReceiptHead = draft.ReceiptHead,
            ReceiptEnd = draft.ReceiptEnd,
            Action = action.Name,
            Kind = assigned is null ? TaskKind.HumanIntervention : TaskKind.HumanTask,
            CorrelationId = run.CorrelationId,
            Title = title,
            Titles = titles,
            Description = description,
            Descriptions = descriptions,
            Language = request.Language,
            Assignee = people?.Assignee,
            NotBy = people?.NotBy,
            DelegateTo = people?.DelegateTo,
            Plan = timing,
            CreatedAt = draft.Now,
            UpdatedAt = draft.Now,
            DueAt = dueAt,
            ExpiresAt = expiresAt,
            MaxUses = intervention?.MaxUses ?? people?.Routing?.Need ?? 1,
            AllowReject = assigned?.AllowReject ?? false,
            Continuation = assigned?.Continuation ?? intervention?.Continuation,
            Context = ShownPath.Take(draft.Context, request.Show),
            Show = request.Show?.Any(shown => shown.Label is not null || shown.Format is not null) == true ? request.Show : null,
            TimeZone = timeZone,
            Rounds = [new TaskRound(1, draft.Now, form)],
            Timeline = [new TaskEvent(draft.Now, TaskEventKind.Created)],
            State = new TaskState.Pending(),
        };
        task = people?.Routing is { } routing ? task.With(routing) : task;
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

    /// <summary>Who is asked, or what is wrong with that.</summary>
    private sealed record People(string? Assignee, Routing? Routing, IReadOnlyList<string>? NotBy, IReadOnlyList<string>? DelegateTo)
    {
        public string? Problem { get; init; }

        public static People Of(RoutingRequest request, TurnDraft draft, Scope scope)
        {
            var (notBy, unknown) = Excluded(request, draft);
            var delegateTo = Template.RenderAll(request.DelegateTo, scope);
            var people = new People(null, null, notBy.Count > 0 ? notBy : null, delegateTo.Count > 0 ? delegateTo : null)
            {
                Problem = unknown ?? (delegateTo.Count > MaxDelegates ? $"'delegateTo' are more than {MaxDelegates} entries." : null),
            };
            if (!request.IsSeveral)
            {
                var assignee = PersonActions.Assigned(request.People[0].RenderText(scope).Trim());
                return people with
                {
                    Assignee = assignee,
                    Problem = people.Problem ?? (notBy.Contains(assignee) ? "The assignee may not answer: 'notSameAs' asks for somebody else." : null),
                };
            }

            string[] all = [.. Template.RenderAll(request.People, scope)
                .SelectMany(RoutingRequest.Listed)
                .Select(text => PersonActions.Assigned(text)!)
                .Distinct(StringComparer.Ordinal)];
            string[] may = [.. all.Where(address => !notBy.Contains(address))];
            var need = request.Need ?? may.Length;
            return people with
            {
                Routing = new Routing
                {
                    Need = Math.Max(1, need),
                    Veto = request.Veto,
                    Candidates = request.Candidates,
                    Seats = [.. may.Select((address, index) => new Seat(index + 1, address))],
                },
                Problem = people.Problem ?? Wrong(request, all, may, need),
            };
        }

        private static string? Wrong(RoutingRequest request, string[] all, string[] may, int need)
        {
            var member = request.Candidates ? "candidates" : "assignees";
            return all.Length > RoutingRequest.MaxPeople ? $"'{member}' are more than {RoutingRequest.MaxPeople} people."
                : !all.All(EmailAddresses.Are) ? $"'{member}' has something in it that is not an e-mail address."
                : may.Length == 0 ? $"'{member}' leaves nobody who may answer."
                : may.Length < need ? $"'need' is {need}, and only {may.Length} of '{member}' may answer."
                : null;
        }

        /// <summary>Who decided before, by the names of actions and by paths. Nobody may slip through because it is not known who it was.</summary>
        private static (IReadOnlyList<string> Addresses, string? Problem) Excluded(RoutingRequest request, TurnDraft draft)
        {
            List<string> addresses = [];
            foreach (var name in request.NotSameAs)
            {
                var earlier = draft.RuleSet.Actions.OfType<RuleAction.HumanTask>().FirstOrDefault(action => action.Name == name);
                var path = earlier?.SaveAs ?? ContextPath.TryParse(name);
                if (path?.TryFind(draft.Context, out var value) != true)
                {
                    return ([], $"'notSameAs' names '{name}', which is not there.");
                }

                string[] known = [.. earlier is null ? Texts(value) : By(value)];
                if (known.Length == 0)
                {
                    return ([], $"'notSameAs' names '{name}', and it is not known who that was.");
                }

                addresses.AddRange(known.Select(text => PersonActions.Assigned(text.Trim())!));
            }

            return ([.. addresses.Distinct(StringComparer.Ordinal)], null);
        }

        private static IEnumerable<string> By(JsonNode? answer) => answer is not JsonObject members ? []
            : members["answers"] is JsonArray { Count: > 0 } answers ? answers.SelectMany(one => Texts((one as JsonObject)?["by"]))
            : Texts(members["by"]);

        private static IEnumerable<string> Texts(JsonNode? value) => value switch
        {
            JsonArray list => list.SelectMany(Texts),
            _ => JsonValues.TryText(value, out var text) && !string.IsNullOrWhiteSpace(text) ? [text] : [],
        };
    }

    /// <summary>What is to happen in time, or what is wrong with that.</summary>
    private static class Timing
    {
        public static (TaskPlan Plan, string? Problem) Of(RuleAction.HumanTask action, TurnDraft draft, Scope scope)
        {
            var timing = action.Timing;
            var escalations = timing.Escalate.Select(level => new Escalation(
                PersonActions.Assigned(level.To?.RenderText(scope).Trim()),
                [.. Template.RenderAll(level.Inform, scope).Select(text => PersonActions.Assigned(text)!)])).ToArray();
            var told = Template.RenderAll(action.TellOutcome, scope).Select(text => PersonActions.Assigned(text)!).Distinct().ToArray();
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
            return (plan, told.Length > MaxTold ? $"'notifyOutcome' are more than {MaxTold} addresses."
                : !told.All(EmailAddresses.Are) ? "'notifyOutcome' has something in it that is not an e-mail address."
                : escalations.Any(level => level.Inform.Count > MaxTold) ? $"'escalate' informs more than {MaxTold} addresses."
                : escalations.Any(level => (level.To is { } to && !EmailAddresses.Are(to)) || !level.Inform.All(EmailAddresses.Are))
                    ? "'escalate' has something in it that is not an e-mail address."
                : null);
        }
    }
}
