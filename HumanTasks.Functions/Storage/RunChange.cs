using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>A write to a run's partition in preparation, with the work that it leaves outside.</summary>
internal sealed class RunChange(string runId, string stamp)
{
    private readonly List<TableTransactionAction> actions = [];
    private readonly List<IndexRow> rows = [];
    private readonly List<RowAddress> gone = [];
    private readonly List<string> consumedLater = [];

    public string RunId => runId;

    /// <summary>The unique stamp of this write, which identifies it when its response was lost.</summary>
    public string Stamp => stamp;

    public Room Room { get; } = new();

    public IReadOnlyList<TableTransactionAction> Actions => actions;

    /// <summary>The run's own row, if the change writes it; under its ETag once it is written.</summary>
    public TableEntity? Run => Records.FirstOrDefault(entity => entity.RowKey == RunKey.Run);

    /// <summary>The task rows that the change writes; under their ETags once they are written.</summary>
    public IEnumerable<TableEntity> Tasks =>
        Records.Where(entity => entity.RowKey.StartsWith(Key.Under(RunKey.Task), StringComparison.Ordinal));

    private IEnumerable<TableEntity> Records => actions
        .Where(action => action.ActionType is TableTransactionActionType.Add or TableTransactionActionType.UpdateReplace)
        .Select(action => (TableEntity)action.Entity);

    public IReadOnlyList<IndexRow> Rows => rows;

    public IReadOnlyList<RowAddress> Gone => gone;

    public IReadOnlyList<string> ConsumedLater => consumedLater;

    /// <summary>The entity that holds <see cref="Starts"/>.</summary>
    public TableEntity? StartsEntity { get; private set; }

    public IReadOnlyList<RunStart> Starts { get; private set; } = [];

    public TableEntity? TodoEntity { get; private set; }

    public bool LeavesSomething => rows.Count > 0 || gone.Count > 0 || consumedLater.Count > 0 || StartsEntity is not null;

    public void Add(TableEntity entity) => actions.Add(new(TableTransactionActionType.Add, entity));

    /// <summary>Replaces an entity, provided that it has not changed since.</summary>
    public void Replace(TableEntity entity, TableEntity before) =>
        actions.Add(new(TableTransactionActionType.UpdateReplace, entity, before.ETag));

    /// <summary>Stores the ETags of the written rows, in the order of the actions.</summary>
    public void Written(IReadOnlyList<ETag?> tags)
    {
        foreach (var (action, tag) in actions.Zip(tags))
        {
            action.Entity.ETag = tag ?? default;
        }
    }

    public void Merge(TableEntity entity) => actions.Add(new(TableTransactionActionType.UpdateMerge, entity, ETag.All));

    public void ConsumeLater(IEnumerable<string> responses) => consumedLater.AddRange(responses);

    /// <summary>Moves the index rows that point to a record.</summary>
    public void Move(IEnumerable<IndexRow> before, IEnumerable<IndexRow> after)
    {
        Dictionary<RowAddress, IndexRow> now = after.ToDictionary(row => row.Address);
        foreach (var row in before)
        {
            if (!now.Remove(row.Address))
            {
                gone.Add(row.Address);
            }
        }

        rows.AddRange(now.Values);
    }

    /// <summary>Removes a row from the index.</summary>
    public void Drop(RowAddress row) => gone.Add(row);

    public void Start(TableEntity entity, IReadOnlyList<RunStart> starts)
    {
        Add(entity);
        StartsEntity = entity;
        Starts = starts;
    }

    public void Leave(TableEntity todo)
    {
        Add(todo);
        TodoEntity = todo;
    }
}
