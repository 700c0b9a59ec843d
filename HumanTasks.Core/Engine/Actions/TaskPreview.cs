using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>A preview of what a person would see, without asking anyone.</summary>
/// <param name="Task">
/// The task as it would be created, not stored. Null if the form is invalid with this context.
/// </param>
/// <param name="Missing">The missing template paths. A run with this context would fail at the action.</param>
/// <param name="Problem">The reason why there is no task; null if there is one.</param>
public sealed record TaskPreview(HumanTask? Task, IReadOnlyList<string> Missing, string? Problem)
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);

    /// <summary>Returns the request to a person that an action makes; null for other actions.</summary>
    public static PersonRequest? RequestOf(RuleAction action) =>
        (action as RuleAction.HumanTask)?.Request ?? (action as RuleAction.HumanIntervention)?.Request;

    public static TaskPreview Of(
        RuleAction action, JsonObject context, string ruleSet, RunEnvironment environment, DateTimeOffset now)
    {
        var request = RequestOf(action) ?? throw new ArgumentException($"{action.Type} asks nobody.", nameof(action));
        var timeZone = request.TimeZone ?? environment.TimeZone;
        var scope = new Scope(context, static _ => null) { Locale = EnvironmentLocale.Of(environment) }
            .In(request.Language, Moments.ZoneOf(timeZone));
        _ = (request.TitleFor(scope), request.DescriptionFor(scope)); // for what they miss
        var resolved = request.Form.Resolve(scope);
        var assignee = (action as RuleAction.HumanTask)?.Routing.People is { } people
            ? string.Join(Asked.Between, people.Select(one => one.Text.RenderText(scope)))
            : null;
        string[] missing = [.. scope.Missing.Distinct(StringComparer.Ordinal)];
        var marked = new Scope(Marked(context, missing), static _ => null) { Locale = scope.Locale };
        var (title, description) = (request.TitleFor(marked), request.DescriptionFor(marked));
        var form = ExampleAnswers.Prefill(request.Form, resolved, missing);
        if (ActionOutcome.Misfits(scope) is { } misfits)
        {
            return new TaskPreview(null, missing, misfits);
        }

        var problems = new Problems { Resolved = true };
        if (FormReader.Read(form, "/form", problems, timeZone) is null || problems.Count > 0)
        {
            return new TaskPreview(null, missing, $"{problems[0].Pointer} {problems[0].Message}");
        }

        var life = (action as RuleAction.HumanTask)?.Timing.ExpiresIn ?? (action as RuleAction.HumanIntervention)?.LinkExpiration ?? UsualLife;
        var runId = Ids.New(now);
        var kind = action is RuleAction.HumanTask ? TaskKind.HumanTask : TaskKind.HumanIntervention;
        Asked asked = assignee is null ? new Asked.Anyone(0, Uses.Once) : new Asked.One(new Seat(0, assignee), Uses.Once);
        var task = new NewTask(runId, environment.Id, ruleSet, runId, now)
            .Make(action.Name, kind, title, form, asked, new Schedule(now + life));
        return new TaskPreview(
            task with
            {
                Question = task.Question with
                {
                    Description = description,
                    TimeZone = timeZone,
                    Context = ShownPath.Take(context, request.Show),
                    Show = request.Show,
                },
                Rights = new Rights { AllowReject = (action as RuleAction.HumanTask)?.AllowReject ?? false },
            },
            missing,
            null);
    }

    /// <summary>Returns what stands in a text for a value that is missing: the path, in brackets of its own.</summary>
    public static string MarkOf(string path) => $"\u27e8{path}\u27e9";

    private static JsonObject Marked(JsonObject context, IReadOnlyList<string> missing)
    {
        var marked = context.DeepClone().AsObject();
        foreach (var path in missing)
        {
            if (ContextPath.TryParse(path) is { } place && !path.Split('.').Any(part => int.TryParse(part, out _)))
            {
                place.Put(marked, MarkOf(path));
            }
        }

        return marked;
    }
}
