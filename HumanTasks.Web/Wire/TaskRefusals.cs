using System.Globalization;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Wire;

/// <summary>
/// The table of refusals: how a link, the API (with MCP and bulk actions) and the Studio report each reason why a human
/// task
/// cannot be shown, answered or changed.
/// </summary>
internal static class TaskRefusals
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly ProgramRefusal NotFound = new(
        StatusCodes.Status404NotFound, "not-found", "Not found", _ => "No such task in this environment.");

    private static readonly ProgramRefusal Over = new(
        StatusCodes.Status409Conflict, "task-is-over", "The task has ended", refused => WhyOver(refused.About!));

    private static readonly Dictionary<Type, Row> Rows = new Row[]
    {
        Row.Of<Verdict.Unknown>(LinkRefusal.NotFound, NotFound, "WhyNoTask"),
        Row.Of<Verdict.NotReady>(LinkRefusal.NotReady, NotFound, "WhyNoTask") with { RetryAfter = _ => Soon },
        new(typeof(Verdict.Expired), refused => OfExpired((Verdict.Expired)refused), Over, WhyOverInStudio),
        new(typeof(Verdict.UsedUp), refused => OfUsedUp((Verdict.UsedUp)refused), Over, WhyOverInStudio),
        Row.Of<Verdict.UnderReview>(
            LinkRefusal.UnderReview,
            new(
                StatusCodes.Status409Conflict,
                "answer-under-review",
                "Response under review",
                _ => "The agent is reviewing a response. A follow-up question may come next."),
            "WhyUnderReview") with { RetryAfter = _ => Soon },
        new(
            typeof(Verdict.OtherRound),
            _ => LinkRefusal.OtherRound,
            new(
                StatusCodes.Status409Conflict,
                "other-round",
                "There is a newer question",
                _ => "The response belongs to an earlier question of this task. Read the task again and answer its current form."),
            _ => LinkRefusal.OtherRound.Why),
        new(
            typeof(Verdict.Claimed),
            _ => LinkRefusal.Claimed,
            new(
                StatusCodes.Status409Conflict,
                "task-claimed",
                "Task already claimed",
                refused => $"{((Verdict.Claimed)refused).By} claimed this task and can release it."),
            task => (task?.Task.Asked as Asked.Several)?.Claimed is { } claimed
                ? StudioTexts.Get("WhyClaimedBy", Isolates.Around(claimed.Assignee))
                : StudioTexts.Get("WhyClaimed")),
        Row.Of<Verdict.NotTheirs>(
            LinkRefusal.NotTheirs,
            new(
                StatusCodes.Status403Forbidden,
                "not-an-assignee",
                "Not an assignee",
                _ => "Only assignees can respond. With an API key, set 'by' to an assignee's address."),
            "WhyNotAssigned"),
        Row.Of<Verdict.SamePerson>(
            LinkRefusal.SamePerson,
            new(
                StatusCodes.Status403Forbidden,
                "same-person",
                "A second person must respond",
                _ => "This person decided an earlier step (four-eyes rule)."),
            "FourEyes"),
        Row.Of<Verdict.NotAllowed>(
            LinkRefusal.NotAllowed,
            new(
                StatusCodes.Status422UnprocessableEntity,
                "assignee-not-allowed",
                "Assignee not allowed",
                refused => ((Verdict.NotAllowed)refused).Why),
            "WhyNotAllowed"),
        new(
            typeof(Verdict.RejectNotAllowed),
            _ => LinkRefusal.NoReject,
            new(
                StatusCodes.Status409Conflict,
                "reject-not-allowed",
                "The task cannot be declined",
                _ => "Its action does not set 'allowReject'. Respond to the task, or cancel it with a reason."),
            _ => LinkRefusal.NoReject.Heading),
        new(
            typeof(Verdict.InvalidInput),
            _ => LinkRefusal.Malformed with { Status = StatusCodes.Status422UnprocessableEntity, Slug = "invalid-form-input", Title = "Invalid form input" },
            new(
                StatusCodes.Status422UnprocessableEntity,
                "invalid-form-input",
                "Invalid form input",
                _ => "Some fields are invalid. See 'errors'."),
            _ => LinkRefusal.Malformed.Why),
        new(
            typeof(Verdict.KeyReused),
            _ => LinkRefusal.KeyReused,
            new(
                StatusCodes.Status422UnprocessableEntity,
                "idempotency-key-reused",
                "Idempotency key already used",
                _ => "This key was used with a different request. Use a new key."),
            _ => LinkRefusal.KeyReused.Why),
        Row.Of<Verdict.NoAssignee>(
            LinkRefusal.NotAllowed,
            new(
                StatusCodes.Status422UnprocessableEntity,
                "task-has-no-assignee",
                "The task has no assignee",
                _ => "Anyone with the link can respond to a human intervention, so it has no assignee."),
            "WhyNoAssignee"),
        Row.Of<Verdict.NoAddress>(
            LinkRefusal.NotAllowed,
            new(
                StatusCodes.Status422UnprocessableEntity,
                "task-has-no-address",
                "No email address",
                _ => "The assignee is not an email address. Reassign the task to one."),
            "WhyNoAddress"),
        Row.Of<Verdict.TooManyReminders>(
            LinkRefusal.TooMany,
            new(
                StatusCodes.Status429TooManyRequests,
                "too-many-requests",
                "Too many reminders",
                _ => "This task's reminders of the last hour are used up. Retry after the number of seconds in Retry-After."),
            "WhyTooManyReminders") with { RetryAfter = refused => ((Verdict.TooManyReminders)refused).After },
        Row.Of<Verdict.TooManyComments>(
            LinkRefusal.TooMany,
            new(
                StatusCodes.Status409Conflict,
                "too-many-comments",
                "Comment limit reached",
                refused => $"A task takes at most {((Verdict.TooManyComments)refused).Limit} comments."),
            "WhyTooManyComments"),
    }.ToDictionary(row => row.Refusal);

    /// <summary>All refusals by the API.</summary>
    public static IEnumerable<ProgramRefusal> ForPrograms => Rows.Values.Select(row => row.Api);

    /// <summary>Returns the refusal at a link.</summary>
    public static LinkRefusal ByLink(Verdict.Refused refused) => Rows[refused.GetType()].Link(refused);

    /// <summary>Returns the refusal by the API, MCP and bulk actions.</summary>
    public static ProgramRefusal ByApi(Verdict.Refused refused) =>
        refused.About is null ? NotFound : Rows[refused.GetType()].Api;

    /// <summary>Returns the Studio's text for a refusal by the API, in the language of the page.</summary>
    /// <param name="type">The type of the problem details.</param>
    /// <param name="detail">Their English detail, for a problem that is not a refusal of a task.</param>
    /// <param name="task">The task as it is now; null if it does not exist.</param>
    public static string InStudio(string? type, string? detail, TaskView? task) =>
        ApiProblem.SlugOf(type) is { } slug && Rows.Values.FirstOrDefault(row => row.Api.Slug == slug) is { } said
            ? said.Studio(task)
            : detail ?? StudioTexts.Get("NothingChanged");

    /// <summary>Sets when a client should try again, if it is known.</summary>
    public static void SetRetryAfter(HttpContext context, Verdict.Refused refused)
    {
        if (Rows[refused.GetType()].RetryAfter?.Invoke(refused) is { } after)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static LinkRefusal OfExpired(Verdict.Expired expired) => expired switch
    {
        { HandedOn: true } => LinkRefusal.HandedOn,
        { IsCancelled: true } or { View.State: TaskState.Cancelled } => LinkRefusal.Cancelled,
        { IsReplaced: true } => LinkRefusal.Replaced,
        { View: null or { State: TaskState.Completed { Defaulted: false } } } => LinkRefusal.Expired,
        _ => LinkRefusal.TimeOver,
    };

    private static LinkRefusal OfUsedUp(Verdict.UsedUp used) =>
        used.View.OneOfSeveral is { Answer: null } ? LinkRefusal.Decided
        : IsOfAnother(used.View) ? LinkRefusal.OtherAnswered
        : LinkRefusal.UsedUp;

    /// <summary>
    /// Returns whether the responder is known not to be the link's owner, such as a member or a program.
    /// </summary>
    private static bool IsOfAnother(TaskView task) =>
        task.History.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected) is { By: { } by }
        && !task.IsOf(by);

    private static string WhyOver(TaskView task) =>
        HasEnded(task) ? $"The task is {WireNames.Of(task.State.Status)}{(EndedBy(task) is { } who ? $" by {who}" : "")}."
        : task.Seat is { Answer: not null } seat ? $"{seat.Assignee} has responded. Other assignees are still pending."
        : "The task has expired.";

    /// <summary>Returns how a task ended, and by whom, in the language of the Studio's page.</summary>
    public static string WhyOverInStudio(TaskView? task)
    {
        if (task is null)
        {
            return StudioTexts.Get("WhyNoTask");
        }

        if (!HasEnded(task))
        {
            return task.Seat is { Answer: not null } seat ? StudioTexts.Get("SeatAnswered", Isolates.Around(seat.Assignee)) : StudioTexts.Get("DeadlinePassed");
        }

        var status = StudioTexts.Status(WireNames.Of(task.State.Status));
        return EndedBy(task) is { } who ? StudioTexts.Get("TaskClosedBy", status, Isolates.Around(who)) : StudioTexts.Get("TaskClosed", status);
    }

    private static bool HasEnded(TaskView task) => task.State.Status != TaskStatus.Pending;

    private static string? EndedBy(TaskView task) => task.History.Timeline
        .LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected or TaskEventKind.Cancelled)?.By;

    /// <summary>A row of the table.</summary>
    /// <param name="Refusal">The case of <see cref="Verdict.Refused"/>.</param>
    /// <param name="Link">The refusal at a link.</param>
    /// <param name="Api">The refusal by the API.</param>
    /// <param name="Studio">The text on a page of the Studio.</param>
    private sealed record Row(
        Type Refusal, Func<Verdict.Refused, LinkRefusal> Link, ProgramRefusal Api, Func<TaskView?, string> Studio)
    {
        /// <summary>
        /// Returns the time after which to try again; null if trying again is useless or the time is unknown.
        /// </summary>
        public Func<Verdict.Refused, TimeSpan>? RetryAfter { get; init; }

        public static Row Of<T>(LinkRefusal link, ProgramRefusal api, string studio)
            where T : Verdict.Refused => new(typeof(T), _ => link, api, _ => StudioTexts.Get(studio));
    }
}
