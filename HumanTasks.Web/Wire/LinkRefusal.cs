using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Wire;

/// <summary>
/// The reason why a link does not lead to a form, with the same slug and text in JSON and on the page.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Slug">The slug of the problem's type.</param>
/// <param name="Title">The exact words of the contract.</param>
/// <param name="Text">The name of the texts that say why and what to do, after <c>Why</c> and <c>Do</c>.</param>
public sealed record LinkRefusal(int Status, string Slug, string Title, string Text)
{
    public static LinkRefusal NotFound { get; } =
        new(StatusCodes.Status404NotFound, "link-not-found", "Not found", nameof(NotFound));

    public static LinkRefusal Expired { get; } =
        new(StatusCodes.Status410Gone, "link-expired", "Link has expired", nameof(Expired));

    /// <summary>The refusal of a link whose task was not answered in time.</summary>
    public static LinkRefusal TimeOver { get; } = Expired with { Text = nameof(TimeOver) };

    /// <summary>The refusal of a link whose task or run was cancelled.</summary>
    public static LinkRefusal Cancelled { get; } = Expired with { Text = nameof(Cancelled) };

    /// <summary>The refusal of a link that a newer one replaced.</summary>
    public static LinkRefusal Replaced { get; } = Expired with { Text = nameof(Replaced) };

    /// <summary>The refusal of a link whose task was reassigned to somebody else.</summary>
    public static LinkRefusal HandedOn { get; } = Expired with { Text = nameof(HandedOn) };

    public static LinkRefusal UsedUp { get; } =
        new(StatusCodes.Status410Gone, "link-used-up", "Already used the maximum number of times", nameof(UsedUp));

    /// <summary>The refusal of a used-up link when it is known that somebody else responded.</summary>
    public static LinkRefusal OtherAnswered { get; } = UsedUp with { Text = nameof(OtherAnswered) };

    /// <summary>The refusal of a link whose assignee did not respond before the others decided.</summary>
    public static LinkRefusal Decided { get; } = UsedUp with { Text = nameof(Decided) };

    public static LinkRefusal NotReady { get; } = new(425, "link-not-ready", "Not ready yet", nameof(NotReady));

    public static LinkRefusal UnderReview { get; } = new(
        StatusCodes.Status409Conflict, "answer-under-review", "Your response is under review", nameof(UnderReview));

    public static LinkRefusal OtherRound { get; } = new(
        StatusCodes.Status409Conflict, "other-round", "There's a newer question", nameof(OtherRound));

    public static LinkRefusal Claimed { get; } = new(
        StatusCodes.Status409Conflict, "task-claimed", "Someone else claimed this task", nameof(Claimed));

    public static LinkRefusal NotTheirs { get; } = new(
        StatusCodes.Status403Forbidden, "not-an-assignee", "This task is for someone else", nameof(NotTheirs));

    public static LinkRefusal SamePerson { get; } = new(
        StatusCodes.Status403Forbidden, "same-person", "A second person must decide this", nameof(SamePerson));

    public static LinkRefusal NotAllowed { get; } = new(
        StatusCodes.Status422UnprocessableEntity, "assignee-not-allowed", "You can't delegate to that address", nameof(NotAllowed));

    public static LinkRefusal CrossSite { get; } = new(
        StatusCodes.Status403Forbidden, "cross-site-request", "Request blocked", nameof(CrossSite));

    public static LinkRefusal Malformed { get; } = new(
        StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", nameof(Malformed));

    public static LinkRefusal UnknownMedia { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        "unsupported-media-type",
        "The media type is not supported",
        nameof(UnknownMedia));

    public static LinkRefusal TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "payload-too-large", "The request is too large", nameof(TooLarge));

    public static LinkRefusal TooMany { get; } = new(
        StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", nameof(TooMany));

    public static LinkRefusal NoReject { get; } = new(
        StatusCodes.Status409Conflict, "reject-not-allowed", "This task can't be declined", nameof(NoReject));

    public static LinkRefusal KeyReused { get; } = new(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "Idempotency key already used",
        nameof(KeyReused));

    /// <summary>Whether the contract fixes the words, the same in every language.</summary>
    public bool IsInContract => Slug is "link-not-found" or "link-expired" or "link-used-up" or "link-not-ready";

    /// <summary>The heading of the page.</summary>
    public string Heading => IsInContract ? Title : ReviewTexts.Get("Title" + Text);

    public string Why => ReviewTexts.Get("Why" + Text);

    public string WhatToDo => ReviewTexts.Get("Do" + Text);
}
