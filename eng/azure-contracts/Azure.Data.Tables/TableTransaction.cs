#nullable disable

namespace Azure.Data.Tables;

public enum TableUpdateMode
{
    Merge = 0,
    Replace = 1,
}

public enum TableTransactionActionType
{
    Add = 0,
    UpdateMerge = 1,
    UpdateReplace = 2,
    Delete = 3,
    UpsertMerge = 4,
    UpsertReplace = 5,
}

public class TableTransactionAction
{
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    public TableTransactionActionType ActionType { get; }

    public ITableEntity Entity { get; }

    public ETag ETag { get; }
}

public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException)
    {
        // the service begins the message of a failed transaction with "<index>:"
        var digits = Message.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > 0 && digits < Message.Length && Message[digits] == ':')
        {
            FailedTransactionActionIndex = int.Parse(Message[..digits], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public int? FailedTransactionActionIndex { get; internal set; }
}
