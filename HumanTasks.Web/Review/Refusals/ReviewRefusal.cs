using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>Why a link does not lead to a form: the same slug and words in JSON and on the page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Slug">Of the problem's type.</param>
/// <param name="Title">The exact words of the contract.</param>
/// <param name="Text">The texts that say why and what to do, <c>Why</c> and <c>Do</c> before it.</param>
public sealed record ReviewRefusal(int Status, string Slug, string Title, string Text)
{
    public static ReviewRefusal NotFound { get; } =
        new(StatusCodes.Status404NotFound, "link-not-found", "Not found", nameof(NotFound));

    public static ReviewRefusal Expired { get; } =
        new(StatusCodes.Status410Gone, "link-expired", "Link has expired", nameof(Expired));

    /// <summary>The same of one whose task was not answered in time.</summary>
    public static ReviewRefusal TimeOver { get; } = Expired with { Text = nameof(TimeOver) };

    /// <summary>The same of one whose task or run was cancelled.</summary>
    public static ReviewRefusal Cancelled { get; } = Expired with { Text = nameof(Cancelled) };

    /// <summary>The same of one in whose place there is a newer one.</summary>
    public static ReviewRefusal Replaced { get; } = Expired with { Text = nameof(Replaced) };

    /// <summary>The same of a link of somebody in whose place another is asked.</summary>
    public static ReviewRefusal HandedOn { get; } = Expired with { Text = nameof(HandedOn) };

    public static ReviewRefusal UsedUp { get; } =
        new(StatusCodes.Status410Gone, "link-used-up", "Already used the maximum number of times", nameof(UsedUp));

    /// <summary>The same where it is known that it was not whoever the link is for.</summary>
    public static ReviewRefusal OtherAnswered { get; } = UsedUp with { Text = nameof(OtherAnswered) };

    /// <summary>The same of a link of one of several who did not answer before it was decided.</summary>
    public static ReviewRefusal Decided { get; } = UsedUp with { Text = nameof(Decided) };

    public static ReviewRefusal NotReady { get; } = new(425, "link-not-ready", "Not ready yet", nameof(NotReady));

    public static ReviewRefusal UnderReview { get; } = new(
        StatusCodes.Status409Conflict, "answer-under-review", "Your response is under review", nameof(UnderReview));

    public static ReviewRefusal OtherRound { get; } = new(
        StatusCodes.Status409Conflict, "other-round", "There's a newer question", nameof(OtherRound));

    public static ReviewRefusal Claimed { get; } = new(
        StatusCodes.Status409Conflict, "task-claimed", "Someone else claimed this task", nameof(Claimed));

    public static ReviewRefusal NotTheirs { get; } = new(
        StatusCodes.Status403Forbidden, "not-an-assignee", "This task is for someone else", nameof(NotTheirs));

    public static ReviewRefusal SamePerson { get; } = new(
        StatusCodes.Status403Forbidden, "same-person", "A second person must decide this", nameof(SamePerson));

    public static ReviewRefusal NotAllowed { get; } = new(
        StatusCodes.Status422UnprocessableEntity, "assignee-not-allowed", "You can't delegate to that address", nameof(NotAllowed));

    public static ReviewRefusal CrossSite { get; } = new(
        StatusCodes.Status403Forbidden, "cross-site-request", "Request blocked", nameof(CrossSite));

    public static ReviewRefusal Malformed { get; } = new(
        StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", nameof(Malformed));

    public static ReviewRefusal UnknownMedia { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        "unsupported-media-type",
        "The media type is not supported",
        nameof(UnknownMedia));

    public static ReviewRefusal TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "payload-too-large", "The request is too large", nameof(TooLarge));

    public static ReviewRefusal TooMany { get; } = new(
        StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", nameof(TooMany));

    public static ReviewRefusal NoReject { get; } = new(
        StatusCodes.Status409Conflict, "reject-not-allowed", "This task can't be declined", nameof(NoReject));

    public static ReviewRefusal KeyReused { get; } = new(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "Idempotency key already used",
        nameof(KeyReused));

    /// <summary>The refusal that a verdict means, or null when it is none.</summary>
    public static ReviewRefusal? Of(Verdict verdict) => verdict switch
    {
        Verdict.Unknown => NotFound,
        Verdict.Expired { HandedOn: true } => HandedOn,
        Verdict.Expired { IsCancelled: true } or Verdict.Expired { Task.State: TaskState.Cancelled } => Cancelled,
        Verdict.Expired { IsReplaced: true } => Replaced,
        Verdict.Expired { Task: null or { State: TaskState.Completed { Defaulted: false } } } => Expired,
        Verdict.Expired => TimeOver,
        Verdict.UsedUp { Task.Seat.Answer: null } => Decided,
        Verdict.UsedUp { Task: var task } when IsOfAnother(task) => OtherAnswered,
        Verdict.UsedUp => UsedUp,
        Verdict.UnderReview => UnderReview,
        Verdict.OtherRound => OtherRound,
        Verdict.Claimed => Claimed,
        Verdict.NotTheirs => NotTheirs,
        Verdict.SamePerson => SamePerson,
        Verdict.NotAllowed => NotAllowed,
        Verdict.NotReady => NotReady,
        Verdict.RejectNotAllowed => NoReject,
        _ => null,
    };

    /// <summary>Whether somebody answered of whom it is known that the link is not theirs: a member, a program.</summary>
    private static bool IsOfAnother(HumanTask task) =>
        task.Whole.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected) is { By: { } by }
        && !(task.Assignee is not null && task.IsAssignedTo(by));

    /// <summary>Where an assignee asks for a fresh link; other links have none whose address is known.</summary>
    private string? FreshLinkOf(HttpRequest request) =>
        (this == Expired || this == TimeOver || this == Replaced)
        && request.HttpContext.Surface() is Surface.SecureLink && request.RouteValues["token"] is string token
            ? $"{request.PathBase}/task/{token}/fresh-link"
            : null;

    /// <summary>Whether the contract gives the words, which are the same in every language.</summary>
    public bool IsInContract => Slug is "link-not-found" or "link-expired" or "link-used-up" or "link-not-ready";

    /// <summary>What a page is headed with.</summary>
    public string Heading => IsInContract ? Title : ReviewTexts.Get("Title" + Text);

    public string Why => ReviewTexts.Get("Why" + Text);

    public string WhatToDo => ReviewTexts.Get("Do" + Text);

    /// <summary>Problem details for a program, a page for a person.</summary>
    public IResult Answer(HttpRequest request, string? detail = null, string? correlationId = null) =>
        request.WantsJson()
            ? ApiProblem.Of(Status, Slug, Title, detail ?? $"{Why} {WhatToDo}", correlationId)
            : new RazorComponentResult<RefusalPage>(new Dictionary<string, object?>
            {
                [nameof(RefusalPage.Refusal)] = this,
                [nameof(RefusalPage.Address)] = (request.PathBase + request.Path).ToString(),
                [nameof(RefusalPage.Receipt)] = this == UsedUp ? ReceiptCookie.AddressOf(request) : null,
                [nameof(RefusalPage.Unsent)] = Unsent.Of(request.HttpContext),
                [nameof(RefusalPage.FreshLink)] = FreshLinkOf(request),
                [nameof(RefusalPage.Token)] = !HttpMethods.IsHead(request.Method) && FreshLinkOf(request) is not null
                    ? request.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(request.HttpContext).RequestToken
                    : null,
            })
            {
                StatusCode = Status,
            };
}
