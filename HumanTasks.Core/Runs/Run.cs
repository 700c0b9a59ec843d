using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Runs;

/// <summary>One execution of a rule set, with all data that decides its next step.</summary>
public sealed record Run
{
    /// <summary>The ID of the run and of its orchestration instance.</summary>
    public required string Id { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    /// <summary>
    /// The version, fixed when the run starts; 0 while unknown and for a rule set in <see cref="Definition"/>.
    /// </summary>
    public int RuleSetVersion { get; init; }

    /// <summary>The definition of an ad-hoc run; null for a saved rule set.</summary>
    public JsonElement? Definition { get; init; }

    public required string CorrelationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change. It never decreases, even if the clock does.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The time at which the run, its tasks and its links are removed.</summary>
    public required DateTimeOffset AvailableUntil { get; init; }

    /// <summary>The run that started this one, or that this one continues.</summary>
    public string? ContinuedFrom { get; init; }

    /// <summary>
    /// The run at which this run's tree began, which is the last one started by a caller or a person's response; null
    /// for that run itself.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>The number of runs before this one in its chain.</summary>
    public int Depth { get; init; }

    /// <summary>The number of committed turns, used as the optimistic lock of every write.</summary>
    public int Version { get; init; }

    /// <summary>The next step.</summary>
    public int Position { get; init; }

    public required RunState State { get; init; }

    public required JsonObject Context { get; init; }

    /// <summary>The hash of the signed form of the newest receipt read by a turn; null before the first.</summary>
    public string? ReceiptHead { get; init; }

    /// <summary>
    /// The end of the chain of receipts read by a turn; null before the first, or if an older build wrote last.
    /// </summary>
    public ChainEnd? ReceiptEnd { get; init; }

    /// <summary>The progress of the agent at the current step; null for other steps.</summary>
    public AgentProgress? Agent { get; init; }

    /// <summary>
    /// The responses of several assignees to the pending task, in reading order; null for none. Builds from before this
    /// member leave it out: the engine then derives it from the stored responses.
    /// </summary>
    public IReadOnlyList<GatheredAnswer>? Gathered { get; init; }

    /// <summary>The values hidden from members; null for none and for runs of earlier releases.</summary>
    public RunSecrets? Secrets { get; init; }

    /// <summary>
    /// The name: the title of its rule set, otherwise that of its first task, with secrets hidden; null for neither and for
    /// runs of earlier releases.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>The newest attempts of its actions to call other systems, oldest first; null for none.</summary>
    public IReadOnlyList<CallAttempt>? Calls { get; init; }

    /// <summary>The trace of the run's spans and calls; null for none and for runs of earlier releases.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>
    /// The time of the next turn: immediate while running, the retry or the deadline while waiting; null while queued
    /// or finished.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? WakeAt => State.WakeAfter(UpdatedAt);

    /// <summary>
    /// Whether the stored body is unreadable. The run then shows only the columns beside it, is finished, and can only
    /// be viewed or cancelled. The stored data stays unchanged.
    /// </summary>
    [JsonIgnore]
    public bool IsUnreadable { get; init; }

    /// <summary>Returns the visible data of a finished run whose body can't be read.</summary>
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

    /// <summary>The failure of a run whose body can't be read.</summary>
    public static RunState.Failed FailedUnread(string correlationId) => new(new RunError(
        "", $"This run's record can't be read. Search the log for the correlation ID {correlationId}.", 1)
    {
        CorrelationId = correlationId,
    });

    /// <summary>
    /// Returns the run released from the queue: running, and available for as long as if it were created now. Queued
    /// time does not count, because the run holds a person's accepted work.
    /// </summary>
    public Run Released(DateTimeOffset now) => this with
    {
        State = new RunState.Running(),
        Version = Version + 1,
        UpdatedAt = NotBefore(now),
        AvailableUntil = NotBefore(now) + (AvailableUntil - CreatedAt),
    };

    /// <summary>Whether the retention has ended. The run, its tasks and its links are no longer visible.</summary>
    public bool IsGone(DateTimeOffset now) => State is not RunState.Queued && now >= AvailableUntil;

    /// <summary>Returns the later of the clock and this record's time, so the time never decreases.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt;
}
