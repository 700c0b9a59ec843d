using System.Text.Json.Nodes;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Stored;

/// <summary>
/// The stored JSON of a task, the same in both stores and since the first release: members may be added, none is moved or
/// given another meaning. Leaves out what the domain derives.
/// </summary>
public sealed record StoredTask
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    public required string Action { get; init; }

    public int RuleSetVersion { get; init; }

    public string? ReceiptHead { get; init; }

    public ChainEnd? ReceiptEnd { get; init; }

    public required TaskKind Kind { get; init; }

    public required string CorrelationId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The assignee, or all seats of <see cref="Routing"/> in one text; null for a human intervention.</summary>
    public string? Assignee { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The seats of a task for several people; null for one assignee, whose seat is in the task itself.</summary>
    public StoredRouting? Routing { get; init; }

    public IReadOnlyList<string>? NotBy { get; init; }

    public RunSecrets? Secrets { get; init; }

    public IReadOnlyList<string>? DelegateTo { get; init; }

    public TaskPlan? Plan { get; init; }

    public string? Language { get; init; }

    public IReadOnlyDictionary<string, string>? Titles { get; init; }

    public IReadOnlyDictionary<string, string>? Descriptions { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int MaxUses { get; init; } = 1;

    public int Uses { get; init; }

    /// <summary>The generation of the valid link, unless there are seats.</summary>
    public int Generation { get; init; }

    public bool AllowReject { get; init; }

    public Continuation? Continuation { get; init; }

    public required JsonObject Context { get; init; }

    public IReadOnlyList<ShownPath>? Show { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<string>? LinkHosts { get; init; }

    public ModelQuestion? FromModel { get; init; }

    public bool Review { get; init; }

    public required IReadOnlyList<TaskRound> Rounds { get; init; }

    public required IReadOnlyList<TaskEvent> Timeline { get; init; }

    public required TaskState State { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>The failed email to the single assignee.</summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>Returns what is stored of a task.</summary>
    public static StoredTask Of(HumanTask task) => new()
    {
        Id = task.Id,
        RunId = task.RunId,
        Environment = task.Environment,
        RuleSet = task.RuleSet,
        Action = task.Action,
        RuleSetVersion = task.RuleSetVersion,
        ReceiptHead = task.History.ReceiptHead,
        ReceiptEnd = task.History.ReceiptEnd,
        Kind = task.Kind,
        CorrelationId = task.CorrelationId,
        Title = task.Question.Title,
        Description = task.Question.Description,
        Assignee = task.Asked.Names,
        CreatedAt = task.History.CreatedAt,
        UpdatedAt = task.History.UpdatedAt,
        Routing = task.Asked is Asked.Several several ? StoredRouting.Of(several) : null,
        NotBy = task.Rights.NotBy,
        Secrets = task.Secrets,
        DelegateTo = task.Rights.DelegateTo,
        Plan = task.Schedule.Plan,
        Language = task.Question.Language,
        Titles = task.Question.Titles,
        Descriptions = task.Question.Descriptions,
        DueAt = task.Schedule.DueAt,
        ExpiresAt = task.Schedule.ExpiresAt,
        MaxUses = task.Asked.Uses.Max,
        Uses = task.Asked.Uses.Count,
        Generation = (task.Asked as Asked.One)?.Seat.Generation ?? (task.Asked as Asked.Anyone)?.Generation ?? 0,
        AllowReject = task.Rights.AllowReject,
        Continuation = task.Continuation,
        Context = task.Question.Context,
        Show = task.Question.Show,
        TimeZone = task.Question.TimeZone,
        LinkHosts = task.Question.LinkHosts,
        FromModel = task.Question.FromModel,
        Review = task.Rights.Review,
        Rounds = task.Question.Rounds,
        Timeline = task.History.Timeline,
        State = task.State,
        Version = task.History.Version,
        MailFailure = (task.Asked as Asked.One)?.Seat.MailFailure,
    };

    /// <summary>Returns the task that is stored here.</summary>
    public HumanTask Read() => new()
    {
        Id = Id,
        RunId = RunId,
        Environment = Environment,
        RuleSet = RuleSet,
        RuleSetVersion = RuleSetVersion,
        Action = Action,
        Kind = Kind,
        CorrelationId = CorrelationId,
        Question = new Question
        {
            Title = Title,
            Titles = Titles,
            Description = Description,
            Descriptions = Descriptions,
            Language = Language,
            TimeZone = TimeZone,
            Context = Context,
            Show = Show,
            LinkHosts = LinkHosts,
            FromModel = FromModel,
            Rounds = Rounds,
        },
        Asked = ReadAsked(new Uses(MaxUses, Uses)),
        Rights = new Rights { AllowReject = AllowReject, NotBy = NotBy, DelegateTo = DelegateTo, Review = Review },
        Schedule = new Schedule(ExpiresAt) { DueAt = DueAt, Plan = Plan },
        Continuation = Continuation,
        Secrets = Secrets,
        State = State,
        History = new History(CreatedAt, UpdatedAt, Timeline)
        {
            Version = Version,
            ReceiptHead = ReceiptHead,
            ReceiptEnd = ReceiptEnd,
        },
    };

    private Asked ReadAsked(Uses uses) => Routing is { } routing ? routing.Read(uses)
        : Assignee is { } assignee ? new Asked.One(new Seat(0, assignee, Generation) { MailFailure = MailFailure }, uses)
        : new Asked.Anyone(Generation, uses);
}
