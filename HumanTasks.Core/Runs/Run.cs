using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Runs;

/// <summary>One execution of a rule set: everything that decides what happens next, as data.</summary>
public sealed record Run
{
    /// <summary>Also the instance id of its orchestration.</summary>
    public required string Id { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    /// <summary>Pinned when the run starts; 0 while it is not known and for a rule set that lives in <see cref="Definition"/>.</summary>
    public int RuleSetVersion { get; init; }

    /// <summary>The rule set of a run that was made without a saved one.</summary>
    public JsonElement? Definition { get; init; }

    public required string CorrelationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Never goes back, even when the clock does.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the run, its tasks and its links are gone.</summary>
    public required DateTimeOffset AvailableUntil { get; init; }

    /// <summary>The run that queued this one.</summary>
    public string? ContinuedFrom { get; init; }

    /// <summary>
    /// The run at which this one's tree began, the last one that a caller or a person's answer started; null for that
    /// run itself.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>How many runs stand before this one in its chain.</summary>
    public int Depth { get; init; }

    /// <summary>How many turns were committed; the optimistic lock of every write.</summary>
    public int Version { get; init; }

    /// <summary>The step that is next.</summary>
    public int Position { get; init; }

    public required RunState State { get; init; }

    public required JsonObject Context { get; init; }

    /// <summary>The hash of the signed form of the newest receipt that a turn has seen; null before the first.</summary>
    public string? ReceiptHead { get; init; }

    /// <summary>The end of the chain of receipts that a turn has seen; null before the first, and where an older build wrote last.</summary>
    public ChainEnd? ReceiptEnd { get; init; }

    /// <summary>How far the agent at the current step is; null where there is none.</summary>
    public AgentProgress? Agent { get; init; }

    /// <summary>What people who watch do not see of it; null for nothing, and for runs of earlier releases.</summary>
    public RunSecrets? Secrets { get; init; }

    /// <summary>The trace that the run's spans and calls belong to; null for none, and for runs of earlier releases.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>
    /// When the run wants its next turn: at once while running, at the retry or at the deadline while it waits, never
    /// while it is queued or over.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? WakeAt => State.WakeAfter(UpdatedAt);

    /// <summary>
    /// A run whose stored body nobody can read, as the columns beside it show it: over, and only to be looked at or
    /// cancelled. What is stored stays as it is.
    /// </summary>
    [JsonIgnore]
    public bool IsUnreadable { get; init; }

    /// <summary>What is shown of a run that is over and whose body cannot be read.</summary>
    public static Run Unreadable(
        string id, string environment, string ruleSet, string correlationId, int version, RunStatus status, DateTimeOffset availableUntil)
    {
        var at = Ids.TimeOf(id) ?? DateTimeOffset.UnixEpoch;
        return new Run
        {
            Id = id,
            Environment = environment,
            RuleSet = ruleSet,
            CorrelationId = correlationId,
            Version = version,
            CreatedAt = at,
            UpdatedAt = at,
            AvailableUntil = availableUntil,
            Context = [],
            IsUnreadable = true,
            State = status == RunStatus.Cancelled ? new RunState.Cancelled(null) : FailedUnread(correlationId),
        };
    }

    /// <summary>How a run fails whose body cannot be read.</summary>
    public static RunState.Failed FailedUnread(string correlationId) => new(new RunError(
        "", $"The record of this run cannot be read. Search the log for the correlation ID {correlationId}.", 1)
    {
        CorrelationId = correlationId,
    });

    /// <summary>
    /// This run, let go from the queue: it runs, and stays available for as long as if it were created now. While it is
    /// queued its time does not run, because it holds a person's accepted work.
    /// </summary>
    public Run Released(DateTimeOffset now) => this with
    {
        State = new RunState.Running(),
        Version = Version + 1,
        UpdatedAt = NotBefore(now),
        AvailableUntil = NotBefore(now) + (AvailableUntil - CreatedAt),
    };

    /// <summary>Whether its time is over: it, its tasks and its links are no longer to be seen.</summary>
    public bool IsGone(DateTimeOffset now) => State is not RunState.Queued && now >= AvailableUntil;

    /// <summary>The later of the clock and this record's own time, so that a clock set back changes nothing here.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt;
}
