using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Links;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>A turn in the making: what the run will be and what will be written with it.</summary>
internal sealed class TurnDraft(
    RunStanding standing, RuleSet? ruleSet, LinkBuilder links, DateTimeOffset now, bool allowEffects)
{
    private readonly List<HumanTask> tasks = [];
    private readonly List<string> consumed = [];
    private readonly List<LogLine> log = [];
    private readonly List<RunStart> starts = [];
    private readonly bool startsAtOnce = !allowEffects;
    private RunTree? tree;
    private IReadOnlyList<GatheredAnswer> gathered = standing.Run.Gathered ?? [];
    private bool changed;

    /// <summary>What of the run people who watch do not see.</summary>
    public SecretLedger Secrets { get; } = new(standing.Run, ruleSet);

    /// <summary>The run as it was loaded.</summary>
    public Run Run => standing.Run;

    /// <summary>The task that the run is paused for, as this turn leaves it so far.</summary>
    public HumanTask Task => Asked
        ?? throw new InvalidOperationException($"The run {Run.Id} waits for a task that is not there.");

    private HumanTask? Asked => standing.Task is { } asked ? tasks.Find(task => task.Id == asked.Id) ?? asked : null;

    /// <summary>The answers that no turn has consumed yet, oldest first.</summary>
    public IReadOnlyList<HumanResponse> Unconsumed => standing.Unconsumed;

    /// <summary>What several people answered to the task for which the run waits, this turn's answers with them.</summary>
    public IReadOnlyList<GatheredAnswer> Gathered => gathered;

    public RuleSet RuleSet => ruleSet ?? throw new InvalidOperationException($"The run {Run.Id} has no rule set.");

    public DateTimeOffset Now { get; } = standing.Run.NotBefore(now);

    public JsonObject Context { get; } = standing.Run.Context;

    /// <summary>How far the agent at this step is.</summary>
    public AgentProgress? Agent { get; set; } = standing.Run.Agent;

    /// <summary>The hash of the signed form of the run's newest receipt.</summary>
    public string? ReceiptHead { get; private set; } = standing.Run.ReceiptHead;

    /// <summary>The end of the run's chain of receipts.</summary>
    public ChainEnd? ReceiptEnd { get; private set; } = standing.Run.ReceiptEnd;

    public int Position { get; private set; } = standing.Run.Position;

    public RunState State { get; private set; } = standing.Run.State;

    /// <summary>How often the action at which the run stood was tried in vain.</summary>
    public int FailedAttempts => (Run.State as RunState.Running)?.Retry?.Attempts ?? 0;

    public bool EffectsAllowed { get; private set; } = allowEffects;

    /// <summary>Whether there is a place in a lane now; every lane has room without it.</summary>
    public Func<EffectLane, bool>? Enters { get; init; }

    /// <summary>The lane in which the turn found no room; its effect is for a later turn.</summary>
    public EffectLane? Wants { get; private set; }

    /// <summary>The effect that this turn performed, or that an earlier one did and did not come to record.</summary>
    public PerformedEffect? Performed { get; private set; }

    /// <summary>Whether <see cref="Performed"/> is from an earlier turn and this one has not come to it.</summary>
    public bool IsUnrecorded { get; private set; }

    public bool HasChanges => changed || log.Count > 0 || tasks.Count > 0 || consumed.Count > 0;

    public IReadOnlyList<RunStart> Starts => starts;

    /// <summary>The bytes of contexts that <c>startRuleSet</c> actions of this turn handed on.</summary>
    public int StartBytes { get; private set; }

    /// <summary>What the waiting run is to tell or do first; null when there is nothing or it is not due yet.</summary>
    public Notice? DueNotice => (State as RunState.Paused)?.Plan.Where(notice => notice.At <= Now).MinBy(notice => notice.At);

    /// <summary>An answer that nobody gave and that counts all the same, written with the turn.</summary>
    public HumanResponse? Defaulted { get; private set; }

    /// <summary>Set when the store refused this turn's starts for being too many.</summary>
    public bool TreeIsFull { get; init; }

    /// <summary>The run at which the tree of this one began.</summary>
    public string Root => Run.Root ?? Run.Id;

    /// <summary>Who made the turn happen, where somebody did from outside.</summary>
    public string? By { get; init; }

    /// <summary>The trace with which the run goes on.</summary>
    public RunTrace? Trace { get; init; } = standing.Run.Trace;

    public RuleAction? Action => Position < RuleSet.Actions.Count ? RuleSet.Actions[Position] : null;

    /// <summary>The same for every attempt at the same effect of the same turn.</summary>
    public string IdempotencyKey(string purpose) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Run.Id}-{Position}-{purpose}");

    /// <summary>The link of a task that is alive.</summary>
    public string LinkOf(HumanTask task) => links.LinkOf(task);

    /// <summary>In which language and time zone people are addressed.</summary>
    public Locale Locale { get; init; } = Locale.Usual;

    public Scope Scope() => new(Context, Link) { Locale = Locale };

    /// <summary>The same with the secrets of the configuration, for what is sent at once and stored nowhere.</summary>
    public Scope ScopeOfSending(RunEnvironment environment) => new(Context, Link, environment.Secrets) { Locale = Locale };

    public void GoTo(int position)
    {
        Secrets.Note(Context); // before the next action may put something else there
        Position = position;
        State = new RunState.Running();
        Agent = null;
        gathered = [];
        changed = true;
    }

    public void GoOn() => GoTo(Position + 1);

    public void EffectDone() => EffectsAllowed = false;

    /// <summary>When the action at which the run stands first failed in the row of failures that goes on.</summary>
    private DateTimeOffset FailingSince => (Run.State as RunState.Running)?.Retry is { } retry && Position == Run.Position
        ? retry.Since ?? Now
        : Now;

    /// <summary>When a failed action is tried again; null when it is not.</summary>
    public DateTimeOffset? RetryAt(RetryPolicy policy, ActionOutcome.Failed failure) =>
        policy.Covers(failure.Error, failure.MayPass)
            ? policy.Next(Attempts, FailingSince, Now, failure.After)
            : null;

    /// <summary>The wait for another attempt.</summary>
    public RetryWait Retry(ActionOutcome.Failed failure, DateTimeOffset at) => new(at, failure.Message, Attempts) { Since = FailingSince };

    /// <summary>How often the action was tried, this time included.</summary>
    public int Attempts => Position == Run.Position ? FailedAttempts + 1 : 1;

    /// <summary>Whether an effect may happen now. Where not, the action waits and the turn ends.</summary>
    public bool Enter(EffectLane lane)
    {
        if (!EffectsAllowed)
        {
            return false;
        }

        if (!IsUnrecorded && Enters?.Invoke(lane) != false)
        {
            return true;
        }

        Wants = lane;
        EffectsAllowed = false;
        return false;
    }

    /// <summary>
    /// Whether runs may be started now; where not, the action waits and the turn ends. A turn that is written with its run or
    /// with an answer starts them at once.
    /// </summary>
    public bool EnterStarts()
    {
        if (startsAtOnce || starts.Count > 0)
        {
            return true;
        }

        var lane = EffectLane.Starts(Root);
        if (Enters?.Invoke(lane) != false)
        {
            return true;
        }

        Wants = lane;
        EffectsAllowed = false;
        return false;
    }

    /// <summary>Takes up what an earlier turn performed.</summary>
    public void Recall(PerformedEffect performed)
    {
        Performed = performed;
        IsUnrecorded = true;
    }

    /// <summary>What came of an effect that was performed before and not recorded; null when it is to be performed.</summary>
    public T? Known<T>(string key)
        where T : class
    {
        if (!IsUnrecorded || Performed?.Key != key)
        {
            return null;
        }

        IsUnrecorded = false;
        return (T)Performed.Outcome;
    }

    /// <summary>Keeps what an effect came to, until it is recorded.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="key">Its idempotency key.</param>
    /// <param name="taskId">The task to which it belongs; null for none.</param>
    /// <param name="note">Writes down that it happened, in a turn that would not take it any more; null when it failed.</param>
    public void Perform(object outcome, string key, string? taskId, Action<TurnDraft, HumanTask?>? note) =>
        Performed = new PerformedEffect(key, outcome, taskId, note);

    public void Become(RunState state)
    {
        State = state;
        changed = true;
    }

    public void Log(RunEvent happened, string? detail = null, string? action = null, string? by = null) =>
        log.Add(new LogLine(Now, action ?? Action?.Name, happened, detail, by));

    public void LogOfRun(RunEvent happened, string? detail = null, string? by = null) =>
        log.Add(new LogLine(Now, null, happened, detail, by));

    /// <summary>Writes a task with the turn; what changes twice is written once, one version further.</summary>
    public void Put(HumanTask task)
    {
        var at = tasks.FindIndex(other => other.Id == task.Id);
        if (at < 0)
        {
            tasks.Add(task);
        }
        else
        {
            tasks[at] = task with { Version = tasks[at].Version };
        }
    }

    /// <summary>A task as this turn writes it; null when it does not.</summary>
    public HumanTask? Changed(string taskId) => tasks.Find(task => task.Id == taskId);

    public void Consume(HumanResponse response)
    {
        consumed.Add(response.Id);
        Chain();
    }

    /// <summary>Keeps the answer of one of several until the task is decided.</summary>
    public void Gather(HumanResponse response) => gathered = [.. gathered, GatheredAnswer.Of(response)];

    /// <summary>Takes an answer that nobody gave; its task is put with it.</summary>
    public void Default(HumanResponse response)
    {
        Defaulted = response;
        Chain();
    }

    /// <summary>A task knows the end of the chain with every answer to it, in whatever order they are read.</summary>
    private void Chain() => (ReceiptHead, ReceiptEnd) = Asked is { ReceiptHead: not null } task
        ? (task.ReceiptHead, task.ReceiptEnd)
        : (ReceiptHead, ReceiptEnd);

    public void Start(RunStart start) => starts.Add(start);

    /// <summary>Notes that a start belongs to the run's own tree.</summary>
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
                Context = Context,
                Agent = Agent,
                Gathered = State is RunState.Paused && gathered.Count > 0 ? gathered : null,
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

    private string? Link(string key)
    {
        foreach (var action in RuleSet.Actions)
        {
            switch (action)
            {
                case RuleAction.HumanIntervention intervention when intervention.LinkContextKey == key:
                    return links.ReviewLink(Run.Id, intervention.Name);
                case RuleAction.HumanTask task when task.LinkContextKey == key:
                    return links.TaskLink(Run.Id, task.Name);
                default:
                    break;
            }
        }

        return null;
    }
}
