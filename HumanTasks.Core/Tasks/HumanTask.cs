using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Tasks;

/// <summary>A task for a person: an assigned task or a public intervention.</summary>
public sealed record HumanTask
{
    /// <summary>Run ID and action name. An action of a run creates one task, even if its turn is repeated.</summary>
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    public required string Action { get; init; }

    /// <summary>The version of the rule set when the task was created; 0 if it was not saved.</summary>
    public int RuleSetVersion { get; init; }

    /// <summary>
    /// The hash of the signed form of the run's newest receipt known to this task; null before the first. Kept for
    /// builds that do not know <see cref="ReceiptEnd"/>.
    /// </summary>
    public string? ReceiptHead { get; init; }

    /// <summary>
    /// The end of the run's chain of receipts as known to this task; null before the first, or if an older build wrote
    /// last.
    /// </summary>
    public ChainEnd? ReceiptEnd { get; init; }

    public required TaskKind Kind { get; init; }

    public required string CorrelationId { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown with resolved templates.</summary>
    public string? Description { get; init; }

    /// <summary>The assignee's address, or a name in older tasks; null for a human intervention.</summary>
    public string? Assignee { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change. It never decreases, even if the clock does.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// The seats of a task for several people, all named in <see cref="Assignee"/>; null for one assignee.
    /// </summary>
    public Routing? Routing { get; init; }

    /// <summary>The addresses of people who must not respond (four-eyes rule); null for none.</summary>
    public IReadOnlyList<string>? NotBy { get; init; }

    /// <summary>The secret values that lists hide from members; null for none.</summary>
    public RunSecrets? Secrets { get; init; }

    /// <summary>
    /// The addresses and domains (such as <c>@example.com</c>) to which an assignee may delegate; null for none.
    /// </summary>
    public IReadOnlyList<string>? DelegateTo { get; init; }

    /// <summary>The planned reminders, escalations, notices and default response; null for none.</summary>
    public TaskPlan? Plan { get; init; }

    /// <summary>The language set by the author; null uses the reader's language.</summary>
    public string? Language { get; init; }

    /// <summary>The title by language; null for one title in all languages.</summary>
    public IReadOnlyDictionary<string, string>? Titles { get; init; }

    /// <summary>The description by language; null for one description in all languages.</summary>
    public IReadOnlyDictionary<string, string>? Descriptions { get; init; }

    /// <summary>Returns the title in a language.</summary>
    public string TitleIn(string language) => SpokenTitle(language).Text;

    /// <summary>Returns the title with the language that it is written in.</summary>
    public SpokenText SpokenTitle(string language) => Chosen(Titles, Title, language);

    /// <summary>Returns the description in a language.</summary>
    public string? DescriptionIn(string language) => SpokenDescription(language)?.Text;

    /// <summary>Returns the description with the language that it is written in.</summary>
    public SpokenText? SpokenDescription(string language) => Description is { } only ? Chosen(Descriptions, only, language) : null;

    /// <summary>Chooses the text in a language, else the text for all, which is in one of its own languages or the task's.</summary>
    private SpokenText Chosen(IReadOnlyDictionary<string, string>? texts, string only, string wanted) =>
        texts?.GetValueOrDefault(wanted) is { } text ? new SpokenText(text, wanted)
        : new SpokenText(only, texts?.FirstOrDefault(one => one.Value == only).Key ?? Language);

    /// <summary>The seat whose view this is; null for the task as stored.</summary>
    [JsonIgnore]
    public Seat? Seat { get; private init; }

    /// <summary>The task as stored, of which this may be one person's view.</summary>
    [JsonIgnore]
    public HumanTask Whole => Seen ?? this;

    private HumanTask? Seen { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The time from which responses are too late.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The maximum number of responses, 1 to 1000.</summary>
    public int MaxUses { get; init; } = 1;

    public int Uses { get; init; }

    /// <summary>The generation of the valid link. Tokens of other generations are revoked.</summary>
    public int Generation { get; init; }

    public bool AllowReject { get; init; }

    public Continuation? Continuation { get; init; }

    /// <summary>The context values that the page shows, copied when the task was created.</summary>
    public required JsonObject Context { get; init; }

    /// <summary>The labels and formats of the shown context; by default they follow from keys and values.</summary>
    public IReadOnlyList<ShownPath>? Show { get; init; }

    /// <summary>The IANA time zone of date-time fields; UTC if null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The hosts that links and images in the description may use, if a model wrote it; null if the rule set's author
    /// wrote it.
    /// </summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>
    /// The request of an external model; null if an author or an <c>agent</c> action created the task.
    /// </summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>Whether the agent must review a response before it is final.</summary>
    public bool Review { get; init; }

    /// <summary>Whether an agent created the task and may ask a follow-up after a response.</summary>
    [JsonIgnore]
    public bool MayFollowUp => LinkHosts is not null && FromModel is null;

    public required IReadOnlyList<TaskRound> Rounds { get; init; }

    public required IReadOnlyList<TaskEvent> Timeline { get; init; }

    public required TaskState State { get; init; }

    /// <summary>The version, at least 1, raised by every write.</summary>
    public int Version { get; init; } = 1;

    [JsonIgnore]
    public int UsesLeft => State.Status == TaskStatus.Pending ? MaxUses - Uses : 0;

    [JsonIgnore]
    public TaskRound CurrentRound => Rounds[^1];

    /// <summary>The current form, in the language of the current request.</summary>
    public Form Form() => FormIn(Languages.Current);

    /// <summary>Returns the current form in a language.</summary>
    public Form FormIn(string language) => FormOf(CurrentRound, language);

    /// <summary>Returns the form of a round in a language, or the current form if the round doesn't exist.</summary>
    public Form FormOf(int? round, string language) =>
        FormOf(Rounds.FirstOrDefault(one => one.Number == round) ?? CurrentRound, language);

    private Form FormOf(TaskRound round, string language) => Forms.Form.Read(round.Form, TimeZone, language);

    /// <summary>
    /// Returns the run that continues with a response: the continuation of a human intervention, otherwise this run.
    /// </summary>
    public string ResumedRunId(string responseId) =>
        Continuation is null ? RunId : Ids.Derive(responseId, "continuation");

    /// <summary>
    /// The failed email to the single assignee; null if none failed. Seats hold the failures of several assignees.
    /// </summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>The failed email to a person who still has to respond; null if none failed.</summary>
    [JsonIgnore]
    public MailFailure? UnsentMail => State is not (TaskState.Pending or TaskState.Expired) ? null
        : Routing is { } routing && Seat is null ? routing.Open.Select(seat => seat.MailFailure).FirstOrDefault(failure => failure is not null)
        : MailFailure;

    /// <summary>Returns the task after an email to an assignee was sent or failed.</summary>
    /// <param name="seat">The seat; null or 0 for the single assignee.</param>
    /// <param name="at">The time.</param>
    /// <param name="error">The reason of the failure; null if the email was sent.</param>
    public HumanTask Mailed(int? seat, DateTimeOffset at, string? error)
    {
        return Routing?.Find(seat ?? 0) is { } one
            ? With(Routing.With(one with { MailFailure = Next(one.MailFailure) }))
            : this with { MailFailure = Next(MailFailure) };

        MailFailure? Next(MailFailure? before) => error is null ? null : new MailFailure(before?.Since ?? at, error);
    }

    /// <summary>Returns the task for another assignee. Earlier links are revoked.</summary>
    public HumanTask HandedTo(string assignee) =>
        this with { Assignee = assignee, Generation = Generation + 1, MailFailure = null };

    /// <summary>Returns whether an address is that of an assignee.</summary>
    public bool IsAssignedTo(string address) => Routing is { } routing && Seat is null
        ? routing.Of(address) is not null
        : PersonAddress.Same(Assignee, address);

    /// <summary>The addresses under which lists show the task; empty for none.</summary>
    [JsonIgnore]
    public IEnumerable<string> Assignees => Routing?.Assignees ?? (Assignee is { } one ? [one] : []);

    /// <summary>
    /// Returns the task as one of several assignees sees it, as if it were theirs alone. 0 is the single assignee of a
    /// task without seats; null if the seat does not exist.
    /// </summary>
    public HumanTask? At(int seat) => Routing is not { } routing ? seat == 0 ? this : null
        : routing.Find(seat) is not { } found ? null
        : Whole with
        {
            Assignee = found.Assignee,
            Generation = found.Generation,
            MailFailure = found.MailFailure,
            MaxUses = 1,
            Uses = found.Answer is null ? 0 : 1,
            Seat = found,
            Seen = Whole,
        };

    /// <summary>Returns the task as the seat of an address sees it; the whole task if the address has none.</summary>
    public HumanTask SeenBy(string? address) => Routing?.Of(address) is { } seat ? At(seat.Number)! : this;

    /// <summary>Returns the task as a person can respond to it now; null if they can't.</summary>
    public HumanTask? AnswerableBy(string? address)
    {
        var seen = SeenBy(address);
        return State.IsPending && !Excludes(address) && (Routing is not { } routing || routing.Open.Any(seat => seat.Number == seen.Seat?.Number))
            ? seen
            : null;
    }

    /// <summary>Returns the task with other seats and the assignee that follows from them.</summary>
    public HumanTask With(Routing routing) => this with
    {
        Routing = routing,
        Assignee = string.Join(AssigneesBetween, routing.Assignees),
    };

    /// <summary>The separator between the addresses of several assignees. No address contains it.</summary>
    public const string AssigneesBetween = ", ";

    /// <summary>Returns whether the four-eyes rule excludes a person.</summary>
    public bool Excludes(string? address) => NotBy?.Any(other => PersonAddress.Same(other, address)) == true;

    /// <summary>The time to respond, set when the task is created, reopened or gets a follow-up.</summary>
    [JsonIgnore]
    public TimeSpan Life => ExpiresAt - (Timeline
        .LastOrDefault(happened => happened.Kind is TaskEventKind.Created or TaskEventKind.Reopened or TaskEventKind.FollowUp)?.At ?? CreatedAt);

    /// <summary>Returns the later of the clock and this record's time, so the time never decreases.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt;

    /// <summary>Returns the task with the next version, changed at the given time.</summary>
    public HumanTask Changed(DateTimeOffset at, TaskEventKind kind, string? by = null, string? detail = null) => this with
    {
        UpdatedAt = NotBefore(at),
        Version = Version + 1,
        Timeline = Timeline.Count < MaxTimeline ? [.. Timeline, new TaskEvent(NotBefore(at), kind, by, detail)] : Timeline,
    };

    /// <summary>Returns the changed task with another activity entry.</summary>
    public HumanTask Noted(DateTimeOffset at, TaskEventKind kind, string detail) => this with
    {
        Timeline = Timeline.Count < MaxTimeline ? [.. Timeline, new TaskEvent(NotBefore(at), kind, null, detail)] : Timeline,
    };

    public static string IdOf(string runId, string action) => $"{runId}-{action}";

    /// <summary>Returns the run ID in a task ID, or null if the text is not a task ID.</summary>
    public static string? RunIdOf(string taskId) =>
        taskId.Length > Ids.Length + 1 && taskId[Ids.Length] == '-' && Ids.IsId(taskId.AsSpan(0, Ids.Length))
            ? taskId[..Ids.Length]
            : null;

    private const int MaxTimeline = 2000;
}

/// <summary>One round of a task. A follow-up reopens the task with a new round and form.</summary>
/// <param name="Number">The number, at least 1.</param>
/// <param name="OpenedAt">The time at which the round opened.</param>
/// <param name="Form">The form with resolved templates.</param>
public sealed record TaskRound(int Number, DateTimeOffset OpenedAt, JsonElement Form);

/// <summary>An activity entry of a task.</summary>
public sealed record TaskEvent(DateTimeOffset At, TaskEventKind Kind, string? By = null, string? Detail = null);

public enum TaskEventKind
{
    Created,
    Answered,
    Rejected,
    Cancelled,
    Expired,
    Completed,
    LinkReissued,
    Mailed,
    MailFailed,
    Reassigned,
    Reminded,
    Reopened,
    FetchedByMachine,
    Opened,
    CodeSent,
    WrongCode,
    Verified,
    DraftSaved,
    FollowUp,
    Closed,
    Claimed,
    Released,
    Delegated,
    Escalated,
    Defaulted,
    Posted,

    /// <summary>A planned notice was not sent. The detail gives the reason.</summary>
    MailWithdrawn,
}

public enum TaskKind
{
    HumanTask,
    HumanIntervention,
}
