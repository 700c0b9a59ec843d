using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>A turn in progress: the run after the turn and everything to write with it.</summary>
internal sealed partial class TurnDraft(
    RunStanding standing, RuleSet? ruleSet, LinkBuilder links, DateTimeOffset now, bool allowEffects)
{
    private readonly List<HumanTask> tasks = [];
    private readonly List<string> consumed = [];
    private readonly List<LogLine> log = [];
    private readonly List<RunStart> starts = [];
    private readonly bool startsAtOnce = !allowEffects;
    private RunTree? tree;
    private IReadOnlyList<GatheredAnswer> gathered = standing.Run.Gathered ?? [];
    private IReadOnlyList<CallAttempt> calls = standing.Run.Calls ?? [];
    private bool changed;

    /// <summary>The secrets that are hidden from people who view the run.</summary>
    public SecretLedger Secrets { get; } = new(standing.Run, ruleSet);

    /// <summary>The run as loaded.</summary>
    public Run Run => standing.Run;

    /// <summary>The task that the run waits for, including the changes of this turn.</summary>
    public HumanTask Task => Asked
        ?? throw new InvalidOperationException($"The run {Run.Id} waits for a task that is not there.");

    private HumanTask? Asked => standing.Task is { } asked ? tasks.Find(task => task.Id == asked.Id) ?? asked : null;

    /// <summary>The responses that no turn has consumed yet, and this one neither, oldest first.</summary>
    public IReadOnlyList<HumanResponse> Unconsumed =>
        consumed.Count == 0 ? Arrived : [.. Arrived.Where(response => !consumed.Contains(response.Id))];

    /// <summary>The responses that no turn before this one has consumed, oldest first.</summary>
    public IReadOnlyList<HumanResponse> Arrived => standing.Unconsumed;

    /// <summary>
    /// The responses of several people to the task that the run waits for, including those of this turn.
    /// </summary>
    public IReadOnlyList<GatheredAnswer> Gathered => gathered;

    public RuleSet RuleSet => ruleSet ?? throw new InvalidOperationException($"The run {Run.Id} has no rule set.");

    public DateTimeOffset Now { get; } = standing.Run.NotBefore(now);

    public JsonObject Context { get; } = standing.Run.Context;

    /// <summary>The progress of the agent at the current step.</summary>
    public AgentProgress? Agent { get; set; } = standing.Run.Agent;

    /// <summary>The hash of the signed form of the run's newest receipt.</summary>
    public string? ReceiptHead { get; private set; } = standing.Run.ReceiptHead;

    /// <summary>The end of the run's chain of receipts.</summary>
    public ChainEnd? ReceiptEnd { get; private set; } = standing.Run.ReceiptEnd;

    public int Position { get; private set; } = standing.Run.Position;

    public RunState State { get; private set; } = standing.Run.State;

    /// <summary>The number of failed attempts at the current action.</summary>
    public int FailedAttempts => (Run.State as RunState.Running)?.Retry?.Attempts ?? 0;

    public bool EffectsAllowed { get; private set; } = allowEffects;

    /// <summary>Decides whether a lane has a place for starting runs now. If null, every lane has one.</summary>
    public Func<EffectLane, bool>? Enters { get; init; }

    /// <summary>The effect that the turn wants next; null for none.</summary>
    public Effect? Wanted { get; private set; }

    /// <summary>The lane without a place for the turn. The effect waits for a later turn.</summary>
    public EffectLane? Wants { get; private set; }

    /// <summary>The effect performed for this turn, or for an earlier one that could not record it.</summary>
    public PerformedEffect? Performed { get; private set; }

    /// <summary>Whether <see cref="Performed"/> is from an earlier turn and not yet used by this one.</summary>
    public bool IsUnrecorded { get; private set; }

    public bool HasChanges => changed || log.Count > 0 || tasks.Count > 0 || consumed.Count > 0;

    public IReadOnlyList<RunStart> Starts => starts;

    /// <summary>The bytes of contexts passed on by <c>startRuleSet</c> actions of this turn.</summary>
    public int StartBytes { get; private set; }

    /// <summary>The first due notice of the waiting run; null if none is due.</summary>
    public Notice? DueNotice => (State as RunState.Paused)?.Plan.Where(notice => notice.At <= Now).MinBy(notice => notice.At);

    /// <summary>The default response, written with the turn.</summary>
    public HumanResponse? Defaulted { get; private set; }

    /// <summary>Whether the store refused this turn's starts because there are too many.</summary>
    public bool TreeIsFull { get; init; }

    /// <summary>The run at which the tree of this run began.</summary>
    public string Root => Run.Root ?? Run.Id;

    /// <summary>The person or program outside that caused the turn, if any.</summary>
    public string? By { get; init; }

    /// <summary>The trace that the run continues.</summary>
    public RunTrace? Trace { get; init; } = standing.Run.Trace;

    public RuleAction? Action => Position < RuleSet.Actions.Count ? RuleSet.Actions[Position] : null;

    /// <summary>Returns a key that is the same for every attempt at the same effect of the same turn.</summary>
    public string IdempotencyKey(string purpose) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Run.Id}-{Position}-{purpose}");

    /// <summary>Returns the valid link of the person whose view it is.</summary>
    public string LinkOf(TaskView view) => links.LinkOf(view);

    /// <summary>The language and time zone for people.</summary>
    public Locale Locale { get; init; } = Locale.Usual;

    public Scope Scope() => new(Context, Link) { Locale = Locale };

    /// <summary>
    /// Returns the scope including configured secrets, for content that is sent at once and never stored.
    /// </summary>
    public Scope ScopeOfSending(RunEnvironment environment) => new(Context, Link, environment.Secrets) { Locale = Locale };

    public void GoTo(int position)
    {
        Secrets.Note(Context); // before the next action can overwrite it
        Position = position;
        State = new RunState.Running();
        Agent = null;
        gathered = [];
        changed = true;
    }

    public void GoOn() => GoTo(Position + 1);

    public void EffectDone() => EffectsAllowed = false;

    /// <summary>The time of the first failure in the current series of failures.</summary>
    private DateTimeOffset FailingSince => (Run.State as RunState.Running)?.Retry is { } retry && Position == Run.Position
        ? retry.Since ?? Now
        : Now;

    /// <summary>Returns the time of the next attempt at a failed action; null if there is none.</summary>
    public DateTimeOffset? RetryAt(RetryPolicy policy, ActionOutcome.Failed failure) =>
        policy.Covers(failure.Error, failure.MayPass)
            ? policy.Next(Attempts, FailingSince, Now, failure.After)
            : null;

    /// <summary>Returns the wait for another attempt.</summary>
    public RetryWait Retry(ActionOutcome.Failed failure, DateTimeOffset at) => new(at, failure.Message, Attempts) { Since = FailingSince };

    /// <summary>The number of attempts at the action, including this one.</summary>
    public int Attempts => Position == Run.Position ? FailedAttempts + 1 : 1;

    /// <summary>
    /// Returns the result of an effect; null if it is not performed yet. The action then waits, and is handled again
    /// once the effect is performed, in this turn or a later one.
    /// </summary>
    public EffectResult? ResultOf(Effect effect)
    {
        if (Known(effect.Key) is { } known)
        {
            return known;
        }

        if (EffectsAllowed)
        {
            EffectsAllowed = false;
            (Wanted, Wants) = IsUnrecorded ? (null, effect.Lane) : (effect, Wants);
        }

        return null;
    }

    /// <summary>Lets the turn continue with the result of the effect that it wants.</summary>
    public void Perform(EffectResult result)
    {
        Recall(new PerformedEffect(Wanted!, result));
        (Wanted, EffectsAllowed) = (null, true);
    }

    /// <summary>Leaves the effect that the turn wants to a later turn, because its lane has no place.</summary>
    public void LeaveWanted() => (Wants, Wanted) = (Wanted!.Lane, null);

    /// <summary>
    /// Returns whether runs may be started now. Otherwise the action waits and the turn ends. A turn written with its
    /// run or with a response starts them immediately.
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

    /// <summary>Gives the turn the effect that an earlier one could not record.</summary>
    public void Recall(PerformedEffect performed)
    {
        Performed = performed;
        IsUnrecorded = true;
    }

    /// <summary>
    /// Returns the result of an effect that was performed but not recorded; null if it must be performed.
    /// </summary>
    public EffectResult? Known(string key)
    {
        if (!IsUnrecorded || Performed?.Effect.Key != key)
        {
            return null;
        }

        IsUnrecorded = false;
        return Performed.Result;
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
