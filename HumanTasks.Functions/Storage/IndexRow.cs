using Azure.Data.Tables;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>An index row that points to a run or one of its tasks.</summary>
internal sealed record IndexRow(string Partition, string Row, string RunId)
{
    private const string RunColumn = "Run";
    private const string Words = "Words";
    private const string TaskId = "Task";
    private const string Title = "Title";
    private const string Assignee = "Assignee";
    private const string Correlation = "Correlation";
    private const string Secret = "Secret";
    private const string RuleSet = "RuleSet";
    private const string Created = "Created";
    private const string Due = "Due";
    private const string Language = "Language";
    private const int MaxText = 1000;

    public HumanTask? Task { get; init; }

    /// <summary>The run of a list of runs, with what its row needs for filters; null for other rows.</summary>
    public RunPlace? Run { get; init; }

    public RowAddress Address => new(Partition, Row);

    public TableEntity ToEntity()
    {
        var entity = new TableEntity(Partition, Row) { [RunColumn] = RunId };
        if (Task is not null)
        {
            entity[TaskId] = Task.Id;
            entity[Title] = Cut(Task.Question.Title);
            entity[Assignee] = Cut(Task.Asked.Names);
            entity[Correlation] = Cut(Task.CorrelationId);
            entity[RuleSet] = Task.RuleSet;
            entity[Created] = Task.History.CreatedAt.UtcTicks;
            entity[Due] = Task.Schedule.DueAt?.UtcTicks;
            entity[Language] = Task.Question.Language;
            if (Task.Secrets is not null)
            {
                entity[Secret] = true;
            }
        }

        if (Run is not null)
        {
            entity[RuleSet] = Run.RuleSet;
            entity[Correlation] = Run.Case;
            entity[Created] = Run.Created;
            entity[Words] = Run.Words;
        }

        return entity;
    }

    /// <summary>Returns whether the row has the facts of its run. Rows of older builds do not.</summary>
    public static bool HasFactsOfRun(TableEntity row) => row.GetString(Words) is not null;

    /// <summary>Returns whether the facts of the row's run may match. The caller must check its record.</summary>
    public static bool MayMatch(TableEntity row, RunQuery query) =>
        row.GetString(Words) is not { } words
        || query.MatchesFacts(RunOf(row), row.GetString(Correlation) ?? RunOf(row), RuleSetOf(row.GetString(RuleSet)), words, TimeOf(row.GetInt64(Created))!.Value);

    // only whether it is an internal one is asked, and those are hashed in keys
    private static string RuleSetOf(string part) => RunQuery.InternalRuleSets.FirstOrDefault(name => Key.Of(name) == part) ?? part;

    public static string RunOf(TableEntity row) => row.GetString(RunColumn);

    public static string TaskOf(TableEntity row) => row.GetString(TaskId);

    /// <summary>Returns whether the row's task may contain a text. The caller must check its record.</summary>
    /// <param name="row">The row.</param>
    /// <param name="text">The text.</param>
    /// <param name="watches">Whether the reader is a member who may not see secrets.</param>
    public static bool MayContain(TableEntity row, string text, bool watches) =>
        (!(watches && row.GetBoolean(Secret) == true) && (MayContain(row.GetString(Title), text) || MayContain(row.GetString(Assignee), text)))
        || MayContain(row.GetString(Correlation), text);

    /// <summary>
    /// Returns whether the task may be assigned to an address, alone or with others, or to nobody. The caller must
    /// check its record.
    /// </summary>
    public static bool MayBeSeenBy(TableEntity row, string address) =>
        row.GetString(Assignee) is not { } assignee
        || assignee.Length > MaxText
        || assignee.Split(Asked.Between).Any(one => PersonAddress.Same(one, address));

    /// <summary>Returns whether the row has the facts of its task. Rows of older builds do not.</summary>
    public static bool HasFacts(TableEntity row) => row.GetInt64(Created) is not null;

    /// <summary>Returns whether the facts of the row's task may match. The caller must check its record.</summary>
    public static bool MayMatchFacts(TableEntity row, TaskQuery query) =>
        row.GetInt64(Created) is not { } created
        || query.MatchesFacts(row.GetString(RuleSet), row.GetString(Language), TimeOf(row.GetInt64(Due)), TimeOf(created)!.Value);

    private static DateTimeOffset? TimeOf(long? ticks) => ticks is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    private static bool MayContain(string? value, string text) =>
        value is not null
        && (value.Length > MaxText || value.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Cuts a text above the limit to one character more than the limit, which marks it as cut.
    /// </summary>
    private static string? Cut(string? text)
    {
        if (text is null || text.Length <= MaxText)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return text[..length].PadRight(MaxText + 1, '…');
    }
}
