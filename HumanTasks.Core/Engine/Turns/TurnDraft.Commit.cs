using HumanTasks.Core.Expressions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

internal sealed partial class TurnDraft
{
    public void Become(RunState state)
    {
        State = state;
        changed = true;
    }

    public void Log(RunEvent happened, string? detail = null, string? action = null, string? by = null) =>
        log.Add(new LogLine(Now, action ?? Action?.Name, happened, detail, by));

    /// <summary>Records an attempt to call another system.</summary>
    public void Called(CallAttempt? attempt) => calls = CallAttempt.With(calls, attempt);

    public void LogOfRun(RunEvent happened, string? detail = null, string? by = null) =>
        log.Add(new LogLine(Now, null, happened, detail, by));

    /// <summary>Writes a task with the turn. A task changed twice is written once, one version higher.</summary>
    public void Put(HumanTask task)
    {
        var at = tasks.FindIndex(other => other.Id == task.Id);
        if (at < 0)
        {
            tasks.Add(task);
        }
        else
        {
            tasks[at] = task.AtVersion(tasks[at].History.Version);
        }
    }

    /// <summary>Returns a task as this turn writes it; null if it does not.</summary>
    public HumanTask? Changed(string taskId) => tasks.Find(task => task.Id == taskId);

    public void Consume(HumanResponse response)
    {
        consumed.Add(response.Id);
        Chain();
    }

    /// <summary>Keeps the response of one of several people until the task is decided.</summary>
    public void Gather(HumanResponse response) => gathered = [.. gathered, GatheredAnswer.Of(response)];

    /// <summary>Accepts a default response; its task is written with it.</summary>
    public void Default(HumanResponse response)
    {
        Defaulted = response;
        Chain();
    }

    /// <summary>Every response records the end of the chain on its task, in whatever order they are read.</summary>
    private void Chain() => (ReceiptHead, ReceiptEnd) = Asked?.History is { ReceiptHead: not null } history
        ? (history.ReceiptHead, history.ReceiptEnd)
        : (ReceiptHead, ReceiptEnd);

    public void Start(RunStart start) => starts.Add(start);

    /// <summary>Records that a started run belongs to the run's own tree.</summary>
    public void Grow(RunTree of, int bytes)
    {
        tree = of;
        StartBytes += bytes;
    }

    public TurnCommit Commit()
    {
        Secrets.Note(Context);
        var mask = Secrets.Mask;
        return new TurnCommit
        {
            ExpectedVersion = Run.Version,
            Run = Run with
            {
                Version = Run.Version + 1,
                Position = Position,
                State = mask.Reasons(State),
                Title = RunTitle.Of(Run, ruleSet, new Scope(Context) { Locale = Locale }, tasks, mask),
                Context = Context,
                Agent = Agent,
                Gathered = State is RunState.Paused && gathered.Count > 0 ? gathered : null,
                Calls = calls.Count > 0 ? [.. calls.Select(mask.Attempt)] : null,
                Trace = Trace,
                Secrets = Secrets.Of(Context),
                ReceiptHead = ReceiptHead,
                ReceiptEnd = ReceiptEnd,
                UpdatedAt = Now,
                RuleSetVersion = ruleSet is { Version: > 0 } pinned ? pinned.Version : Run.RuleSetVersion,
            },
            Tasks = [.. tasks.Select(Secrets.Marked)],
            Accepted = Defaulted,
            Consumed = consumed,
            Log = [.. log.Select(mask.Line)],
            Starts = starts,
            Tree = tree,
        };
    }
}
