using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The place of a run in the index. It is stored with the run, so that a later write knows which rows to move.
/// </summary>
/// <param name="Id">The run's ID.</param>
/// <param name="Environment">The environment as a part of a key.</param>
/// <param name="RuleSet">The rule set as a part of a key.</param>
/// <param name="Correlation">The correlation ID as a part of a key.</param>
/// <param name="Status">The status in lower case.</param>
/// <param name="Listed">
/// The version of the run that wrote its rows under this status. It ends their keys, so that a late writer that deletes
/// the rows of an earlier period under a status cannot delete those of a later one.
/// </param>
/// <param name="Created">The time of creation, in ticks.</param>
/// <param name="AvailableUntil">The end of retention, in ticks.</param>
/// <param name="WakeAt">The time of the next wake-up, in ticks.</param>
/// <param name="Waits">The version that wrote the wake-up.</param>
internal sealed record RunPlace(
    string Id,
    string Environment,
    string RuleSet,
    string Correlation,
    string Status,
    int Listed,
    long Created,
    long AvailableUntil,
    long? WakeAt,
    int Waits)
{
    private const int MaxWords = 1000;

    /// <summary>The words by which it is found; null for runs that earlier builds wrote last.</summary>
    public string? Words { get; init; }

    /// <summary>The correlation ID as it is; null for runs that earlier builds wrote last.</summary>
    public string? Case { get; init; }

    private const string Queued = "queued";

    public static RunPlace Of(Run run, RunPlace? before)
    {
        var status = StatusOf(run.State.Status);
        var wakeAt = run.WakeAt?.UtcTicks;
        var words = NameWords.Of(run) is { Length: > MaxWords } all ? all[..MaxWords] : NameWords.Of(run);
        return new RunPlace(
            run.Id,
            Key.Of(run.Environment),
            Key.Of(run.RuleSet),
            Key.Of(run.CorrelationId),
            status,
            before is not null && before.Status == status && before.Words == words ? before.Listed : run.Version,
            run.CreatedAt.UtcTicks,
            run.AvailableUntil.UtcTicks,
            wakeAt,
            before is not null && before.WakeAt == wakeAt ? before.Waits : run.Version)
        {
            Words = words,
            Case = run.CorrelationId,
        };
    }

    public static RunPlace Read(TableEntity entity, string runId) => new(
        runId,
        entity.GetString(nameof(Environment)),
        entity.GetString(nameof(RuleSet)),
        entity.GetString(nameof(Correlation)),
        entity.GetString(nameof(Status)),
        entity.GetInt32(nameof(Listed)) ?? 0,
        entity.GetInt64(nameof(Created)) ?? 0,
        entity.GetInt64(nameof(AvailableUntil)) ?? 0,
        entity.GetInt64(nameof(WakeAt)),
        entity.GetInt32(nameof(Waits)) ?? 0)
    {
        Words = entity.GetString(nameof(Words)),
        Case = entity.GetString(nameof(Case)),
    };

    /// <summary>The run status that <see cref="Status"/> names.</summary>
    public RunStatus RunStatus => Enum.Parse<RunStatus>(Status, ignoreCase: true);

    /// <summary>Returns the place of the same run in another state, from a version on.</summary>
    public RunPlace Restated(RunState state, DateTimeOffset at, int version)
    {
        var (status, wakeAt) = (StatusOf(state.Status), state.WakeAfter(at)?.UtcTicks);
        return this with
        {
            Status = status,
            Listed = Status == status ? Listed : version,
            WakeAt = wakeAt,
            Waits = WakeAt == wakeAt ? Waits : version,
        };
    }

    /// <summary>Returns whether a run with an unreadable body is shown by these columns alone.</summary>
    public static bool IsGivenUp(TableEntity entity) =>
        entity.GetString(nameof(Status)) is { } status
        && (status == StatusOf(RunStatus.Failed) || status == StatusOf(RunStatus.Cancelled));

    /// <summary>Returns the run that is shown when its body cannot be read.</summary>
    public static Run Unreadable(TableEntity entity, int version)
    {
        var place = Read(entity, RunKey.RunOf(entity.PartitionKey));
        return Run.Unreadable(
            place.Id,
            place.Environment,
            place.RuleSet,
            Key.IsText(place.Correlation) ? place.Correlation : place.Id,
            version,
            place.RunStatus,
            new DateTimeOffset(place.AvailableUntil, TimeSpan.Zero));
    }

    public void WriteTo(TableEntity entity)
    {
        entity[nameof(Environment)] = Environment;
        entity[nameof(RuleSet)] = RuleSet;
        entity[nameof(Correlation)] = Correlation;
        entity[nameof(Status)] = Status;
        entity[nameof(Listed)] = Listed;
        entity[nameof(Created)] = Created;
        entity[nameof(AvailableUntil)] = AvailableUntil;
        entity[nameof(WakeAt)] = WakeAt;
        entity[nameof(Waits)] = Waits;
        entity[nameof(Words)] = Words;
        entity[nameof(Case)] = Case;
    }

    /// <summary>Returns every row that points to the run.</summary>
    public IEnumerable<IndexRow> Rows()
    {
        var list = RunLists.Partition(Environment);
        var newestFirst = Key.Join(Key.Descending(Created), Id);
        yield return Row(list, Key.Join(RunLists.UnderCorrelation(Correlation), newestFirst));
        yield return Listing(list, Key.Join(RunLists.UnderStatus(Status), newestFirst, Key.Version(Listed)));
        yield return Listing(list, Key.Join(RunLists.UnderRuleSet(RuleSet, Status), newestFirst, Key.Version(Listed)));
        if (Status == Queued)
        {
            yield return Row(list, Key.Join(RunLists.InQueue, Key.Ascending(Created), Id, Key.Version(Listed)));
        }
        else
        {
            yield return Expiry; // the retention of a queued run has not started
        }

        if (WakeAt is { } wakeAt)
        {
            yield return Row(RunKey.Work(Id), Key.Join(Work.Wake, Key.Ascending(wakeAt), Id, Key.Version(Waits)));
        }
    }

    /// <summary>The row that leads the purge to the run.</summary>
    public IndexRow Expiry => Row(RunKey.Work(Id), Key.Join(Work.Expiry, Key.Ascending(AvailableUntil), Id));

    public static string StatusOf(RunStatus status) => status.ToString().ToLowerInvariant();

    private IndexRow Row(string partition, string key) => new(partition, key, Id);

    private IndexRow Listing(string partition, string key) => new(partition, key, Id) { Run = this };
}
