using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>A run with everything that its page shows.</summary>
/// <param name="Run">The run.</param>
/// <param name="CurrentAction">The current action; null when the run is over.</param>
/// <param name="Context">Its context, with secrets hidden.</param>
/// <param name="Tasks">Its tasks, oldest first.</param>
/// <param name="Log">Its log, oldest first.</param>
/// <param name="Types">The type of each action by name, from its rule set.</param>
/// <param name="Chain">The related runs, each with its depth.</param>
public sealed record RunView(
    Run Run,
    string? CurrentAction,
    JsonObject Context,
    IReadOnlyList<HumanTask> Tasks,
    IReadOnlyList<LogLine> Log,
    IReadOnlyDictionary<string, string> Types,
    IReadOnlyList<(Run Run, int Depth)> Chain)
{
    /// <summary>The calls of its agents to their models, oldest first.</summary>
    public IReadOnlyList<ModelCall> Transcript { get; init; } = [];

    /// <summary>A text that changes whenever anything on the page does.</summary>
    public string State => FormattableString.Invariant(
        $"{Run.Id} {Run.Version} {Log.Count} {string.Join(' ', Tasks.Select(task => task.History.Version))} {string.Join(' ', Chain.Select(item => item.Run.Id + item.Run.Version))}");

    /// <summary>Returns the actions that the run took, in order, each with its log lines.</summary>
    public IReadOnlyList<RunStep> Steps()
    {
        List<RunStep> steps = [];
        var last = Run.CreatedAt;
        foreach (var line in Log.Where(line => line.Action is not null))
        {
            if (steps.Count > 0 && steps[^1].Name == line.Action)
            {
                steps[^1] = steps[^1] with { Lines = [.. steps[^1].Lines, line] };
            }
            else
            {
                steps.Add(new RunStep(line.Action!, Types.GetValueOrDefault(line.Action!), last, [line]));
            }

            last = line.At;
        }

        return steps;
    }

    /// <summary>Returns related runs as a tree: each is below the run that it continues.</summary>
    public static IReadOnlyList<(Run Run, int Depth)> ChainOf(IReadOnlyList<Run> runs)
    {
        List<(Run, int)> chain = [];
        var byId = runs.ToDictionary(run => run.Id, StringComparer.Ordinal);
        var children = runs.OrderBy(run => run.CreatedAt).ToLookup(
            run => run.ContinuedFrom is { } from && byId.ContainsKey(from) ? from : "");
        void Add(string parent, int depth)
        {
            foreach (var run in children[parent])
            {
                chain.Add((run, depth));
                if (depth < 100)
                {
                    Add(run.Id, depth + 1);
                }
            }
        }

        Add("", 0);
        return chain;
    }
}

/// <summary>One action of a run.</summary>
/// <param name="Name">The action's name.</param>
/// <param name="Type">The action's type; null if its rule set no longer has it.</param>
/// <param name="From">When the run reached it.</param>
/// <param name="Lines">Its log lines.</param>
public sealed record RunStep(string Name, string? Type, DateTimeOffset From, IReadOnlyList<LogLine> Lines)
{
    public DateTimeOffset To => Lines[^1].At;

    /// <summary>The number of attempts at an effect.</summary>
    public int Attempts => 1 + Lines.Count(line => line.Event is RunEvent.RetryScheduled);

    /// <summary>The CSS class of the mark, and the outcome as text.</summary>
    public (string Mark, string Words) Outcome => Lines[^1].Event switch
    {
        RunEvent.Failed or RunEvent.ActionFailed => ("failed", StudioTexts.Get("Failed")),
        RunEvent.RetryScheduled => ("queued", StudioAdminTexts.Get("Retrying")),
        RunEvent.ModelRefused => ("queued", StudioAdminTexts.Get("ModelRejected")),
        RunEvent.ModelCalled => ("running", StudioAdminTexts.Get("StatusRunning")),
        RunEvent.TaskCreated or RunEvent.TaskReassigned or RunEvent.TaskReminded or RunEvent.TaskReopened
            or RunEvent.TaskClaimed or RunEvent.TaskReleased or RunEvent.TaskDelegated or RunEvent.TaskEscalated => ("pending", StudioAdminTexts.Get("WaitingForResponse")),
        RunEvent.EmailFailed => ("failed", StudioAdminTexts.Get("EmailFailed")),
        RunEvent.TaskExpired or RunEvent.Expired => ("expired", StudioTexts.Get("StatusExpired")),
        RunEvent.TaskRejected => ("rejected", StudioTexts.Get("StatusRejected")),
        RunEvent.TaskCancelled or RunEvent.Cancelled => ("cancelled", StudioTexts.Get("StatusCancelled")),
        RunEvent.RetryRequested => ("queued", StudioAdminTexts.Get("RetryRequested")),
        RunEvent.ConditionEvaluated => ("completed", StudioAdminTexts.Get("Branch", Lines[^1].Detail ?? "")),
        RunEvent.EmailSent when Lines.Any(line => line.Event == RunEvent.TaskCreated) => ("pending", StudioAdminTexts.Get("WaitingForResponse")),
        _ => ("completed", StudioTexts.Get("Done")),
    };

    /// <summary>Returns a duration as text.</summary>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1 } => StudioAdminTexts.Get("LessThanMillisecond"),
        { TotalSeconds: < 1 } => StudioAdminTexts.Get("Milliseconds", (int)span.TotalMilliseconds),
        { TotalMinutes: < 1 } => StudioAdminTexts.Get("Seconds", span.TotalSeconds.ToString("0.0", StudioTexts.Culture)),
        { TotalHours: < 1 } => StudioAdminTexts.Get("MinutesSeconds", (int)span.TotalMinutes, span.Seconds),
        { TotalDays: < 2 } => StudioAdminTexts.Get("HoursMinutes", (int)span.TotalHours, span.Minutes),
        _ => StudioAdminTexts.Count("DaysHours", (long)span.TotalDays, span.Hours),
    };
}
