using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Tasks;

/// <summary>The request to a person, whichever action made it.</summary>
public sealed record HumanTask
{
    /// <summary>Run id and action name: one action of a run asks for one task, however often its turn is repeated.</summary>
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    public required string Action { get; init; }

    /// <summary>Of the rule set when the task was made; 0 where there is none that was saved.</summary>
    public int RuleSetVersion { get; init; }

    /// <summary>
    /// The hash of the signed form of the run's newest receipt as far as this task knows; null before the first. Kept for
    /// builds that know no <see cref="ReceiptEnd"/>, and what they leave.
    /// </summary>
    public string? ReceiptHead { get; init; }

    /// <summary>The end of the run's chain of receipts as far as this task knows; null before the first, and where an older build wrote last.</summary>
    public ChainEnd? ReceiptEnd { get; init; }

    public required TaskKind Kind { get; init; }

    public required string CorrelationId { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown with its templates resolved.</summary>
    public string? Description { get; init; }

    /// <summary>The address or name of who is asked; null for a human intervention.</summary>
    public string? Assignee { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Never goes back, even when the clock does.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who is asked where there are several; null for one assignee. <see cref="Assignee"/> names them all then.</summary>
    public Routing? Routing { get; init; }

    /// <summary>Addresses of those who may not answer (four eyes); null for none.</summary>
    public IReadOnlyList<string>? NotBy { get; init; }

    /// <summary>What lists hide of it from people who watch; null for nothing.</summary>
    public RunSecrets? Secrets { get; init; }

    /// <summary>To whom an assignee may hand it: addresses, and domains such as <c>@example.com</c>; null for nobody.</summary>
    public IReadOnlyList<string>? DelegateTo { get; init; }

    /// <summary>What is to happen around it in time; null for nothing.</summary>
    public TaskPlan? Plan { get; init; }

    /// <summary>In which its author wants people to be addressed; null for as they come.</summary>
    public string? Language { get; init; }

    /// <summary>The title in each language in which there is one; null for one in all.</summary>
    public IReadOnlyDictionary<string, string>? Titles { get; init; }

    /// <summary>The description in each language in which there is one; null for one in all.</summary>
    public IReadOnlyDictionary<string, string>? Descriptions { get; init; }

    /// <summary>The title for a reader of a language.</summary>
    public string TitleIn(string language) => Titles?.GetValueOrDefault(language) ?? Title;

    /// <summary>The description for a reader of a language.</summary>
    public string? DescriptionIn(string language) => Descriptions?.GetValueOrDefault(language) ?? Description;

    /// <summary>The seat from which this is seen; null for the task as it is stored.</summary>
    [JsonIgnore]
    public Seat? Seat { get; private init; }

    /// <summary>The task as it is stored, of which this may be one person's view.</summary>
    [JsonIgnore]
    public HumanTask Whole => Seen ?? this;

    private HumanTask? Seen { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The first moment at which an answer is too late.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>1 to 1000.</summary>
    public int MaxUses { get; init; } = 1;

    public int Uses { get; init; }

    /// <summary>The issue of the link that is alive; tokens of others are dead.</summary>
    public int Generation { get; init; }

    public bool AllowReject { get; init; }

    public Continuation? Continuation { get; init; }

    /// <summary>What of the run's context the person sees, as it was when the task was made.</summary>
    public required JsonObject Context { get; init; }

    /// <summary>How the context is labelled and formatted, where its author says so; otherwise by its keys and values.</summary>
    public IReadOnlyList<ShownPath>? Show { get; init; }

    /// <summary>The IANA time zone in which the form asks for a date and time; UTC without one.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The hosts that links and images of the description may lead to, for one that a model wrote; null for one that the
    /// rule set's author wrote.
    /// </summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>What a model outside asked for; null where an author or an agent of ours asked.</summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>Whether an answer is final only when the agent that asked has looked at it.</summary>
    public bool Review { get; init; }

    /// <summary>Whether an agent made it, which may ask again when it is answered.</summary>
    [JsonIgnore]
    public bool MayFollowUp => LinkHosts is not null && FromModel is null;

    public required IReadOnlyList<TaskRound> Rounds { get; init; }

    public required IReadOnlyList<TaskEvent> Timeline { get; init; }

    public required TaskState State { get; init; }

    /// <summary>Raised by every write, from 1.</summary>
    public int Version { get; init; } = 1;

    [JsonIgnore]
    public int UsesLeft => State.Status == TaskStatus.Pending ? MaxUses - Uses : 0;

    [JsonIgnore]
    public TaskRound CurrentRound => Rounds[^1];

    /// <summary>The form that is asked now, in the language of the current request where its texts have several.</summary>
    public Form Form() => FormIn(Texts.Languages.Current);

    /// <summary>The form that is asked now, for a reader of a language.</summary>
    public Form FormIn(string language) => FormOf(CurrentRound, language);

    /// <summary>The form that a round asked, for a reader of a language; that of now where there is no such round.</summary>
    public Form FormOf(int? round, string language) =>
        FormOf(Rounds.FirstOrDefault(one => one.Number == round) ?? CurrentRound, language);

    private Form FormOf(TaskRound round, string language) => Forms.Form.Read(round.Form, TimeZone, language);

    /// <summary>The run that goes on with a response: the continuation's for a human intervention, otherwise this run.</summary>
    public string ResumedRunId(string responseId) =>
        Continuation is null ? RunId : Ids.Derive(responseId, "continuation");

    /// <summary>That its one assignee could not be emailed; null where they were. Those of several are with their seats.</summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>That somebody whom the task waits for could not be emailed; null where all were, and once it was answered.</summary>
    [JsonIgnore]
    public MailFailure? UnsentMail => State is not (TaskState.Pending or TaskState.Expired) ? null
        : Routing is { } routing && Seat is null ? routing.Open.Select(seat => seat.MailFailure).FirstOrDefault(failure => failure is not null)
        : MailFailure;

    /// <summary>The same after an email to its assignee, or to one of several, was sent or failed.</summary>
    /// <param name="seat">Whose; null or 0 for the one assignee.</param>
    /// <param name="at">When.</param>
    /// <param name="error">Why it failed; null where it was sent.</param>
    public HumanTask Mailed(int? seat, DateTimeOffset at, string? error)
    {
        return Routing?.Find(seat ?? 0) is { } one
            ? With(Routing.With(one with { MailFailure = Next(one.MailFailure) }))
            : this with { MailFailure = Next(MailFailure) };

        MailFailure? Next(MailFailure? before) => error is null ? null : new MailFailure(before?.Since ?? at, error);
    }

    /// <summary>The same for another assignee: links that others got are dead.</summary>
    public HumanTask HandedTo(string assignee) =>
        this with { Assignee = assignee, Generation = Generation + 1, MailFailure = null };

    /// <summary>Whether this is the address of somebody who is asked.</summary>
    public bool IsAssignedTo(string address) => Routing is { } routing && Seat is null
        ? routing.Of(address) is not null
        : PersonAddress.Same(Assignee, address);

    /// <summary>Whose task it is, for lists; empty for nobody's.</summary>
    [JsonIgnore]
    public IEnumerable<string> Assignees => Routing?.Assignees ?? (Assignee is { } one ? [one] : []);

    /// <summary>
    /// The task as one of several sees it: as if it were theirs alone. 0 is the one assignee of a task that has no seats; null
    /// when nobody sits there.
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

    /// <summary>The same with other seats; its assignee follows from them.</summary>
    public HumanTask With(Routing routing) => this with
    {
        Routing = routing,
        Assignee = string.Join(AssigneesBetween, routing.Assignees),
    };

    /// <summary>What stands between the addresses of several assignees; no address has it.</summary>
    public const string AssigneesBetween = ", ";

    /// <summary>Whether a person may not answer because of what they did before (four eyes).</summary>
    public bool Excludes(string? address) => NotBy?.Any(other => PersonAddress.Same(other, address)) == true;

    /// <summary>How long the person was given to answer, when the task was made, opened again, or asked something else.</summary>
    [JsonIgnore]
    public TimeSpan Life => ExpiresAt - (Timeline
        .LastOrDefault(happened => happened.Kind is TaskEventKind.Created or TaskEventKind.Reopened or TaskEventKind.FollowUp)?.At ?? CreatedAt);

    /// <summary>The later of the clock and this record's own time, so that a clock set back changes nothing here.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt;

    /// <summary>This task, changed at a time: its version and its timeline go on.</summary>
    public HumanTask Changed(DateTimeOffset at, TaskEventKind kind, string? by = null, string? detail = null) => this with
    {
        UpdatedAt = NotBefore(at),
        Version = Version + 1,
        Timeline = Timeline.Count < MaxTimeline ? [.. Timeline, new TaskEvent(NotBefore(at), kind, by, detail)] : Timeline,
    };

    /// <summary>The same change with one more entry in its history.</summary>
    public HumanTask Noted(DateTimeOffset at, TaskEventKind kind, string detail) => this with
    {
        Timeline = Timeline.Count < MaxTimeline ? [.. Timeline, new TaskEvent(NotBefore(at), kind, null, detail)] : Timeline,
    };

    public static string IdOf(string runId, string action) => $"{runId}-{action}";

    /// <summary>The run of a task id, or null when the text is not a task id.</summary>
    public static string? RunIdOf(string taskId) =>
        taskId.Length > Ids.Length + 1 && taskId[Ids.Length] == '-' && Ids.IsId(taskId.AsSpan(0, Ids.Length))
            ? taskId[..Ids.Length]
            : null;

    private const int MaxTimeline = 2000;
}

/// <summary>One time that the person is asked; a follow-up re-opens the same task with a new form.</summary>
/// <param name="Number">From 1.</param>
/// <param name="OpenedAt">When the person could first answer it.</param>
/// <param name="Form">The resolved form.</param>
public sealed record TaskRound(int Number, DateTimeOffset OpenedAt, JsonElement Form);

/// <summary>Something that happened to a task.</summary>
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

    /// <summary>A notice that was planned is not sent, for the reason that its detail gives.</summary>
    MailWithdrawn,
}

public enum TaskKind
{
    HumanTask,
    HumanIntervention,
}
