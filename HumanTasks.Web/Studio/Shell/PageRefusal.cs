using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>A refusal as a page shows it: its heading, its reasons, and what leads on.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The heading.</param>
/// <param name="Reasons">Why, and what to do, one sentence or two each.</param>
/// <param name="Ways">The links that lead on, the best one first.</param>
public sealed record PageRefusal(int Status, string Title, IReadOnlyList<MarkupString> Reasons, IReadOnlyList<WayOut> Ways)
{
    public static PageRefusal Of(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound when context.User.IsMember() =>
            New(context, status, StudioTexts.Get("NotFound"), StudioTexts.Get("NotFoundText")),
        StatusCodes.Status404NotFound =>
            New(context, status, StudioTexts.Get("NotFound"), StudioTexts.Get("NotFoundText"), LinkRefusal.NotFound.WhatToDo),
        StatusCodes.Status405MethodNotAllowed =>
            New(context, status, Failed(context), StudioTexts.Get("MethodText")),
        StatusCodes.Status413PayloadTooLarge => Like(context, LinkRefusal.TooLarge),
        StatusCodes.Status415UnsupportedMediaType => Like(context, LinkRefusal.Malformed),
        StatusCodes.Status429TooManyRequests => Like(context, LinkRefusal.TooMany),
        StatusCodes.Status503ServiceUnavailable =>
            New(context, status, StudioTexts.Get("Unavailable"), StudioTexts.Get("UnavailableText")),
        >= StatusCodes.Status500InternalServerError =>
            New(context, status, StudioTexts.Get("Fault"), StudioTexts.Get("FaultText", context.TraceIdentifier)),
        _ when IsReading(context) => New(context, status, Failed(context), StudioTexts.Get("AddressText")),
        _ => New(context, status, Failed(context), StudioTexts.Get("RefusedText")),
    };

    public static PageRefusal OfCursor(HttpContext context)
    {
        var others = QueryString.Create(context.Request.Query.Where(parameter => parameter.Key is not ("cursor" or "page" or "before")));
        return new(
            StatusCodes.Status400BadRequest,
            StudioTexts.Get("ListEnded"),
            [Plain(StudioTexts.Get("ListEndedText"))],
            [new(StudioTexts.Get("FirstPage"), context.Request.PathBase + context.Request.Path + others.ToString()), WayOut.Of(context)]);
    }

    public static PageRefusal CrossSite(HttpContext context) => New(
        context, LinkRefusal.CrossSite.Status, LinkRefusal.CrossSite.Heading, LinkRefusal.CrossSite.Why, StudioTexts.Get("OpenHereText"));

    /// <summary>Returns a text as markup, with everything in it encoded.</summary>
    public static MarkupString Plain(string text) => new(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text));

    /// <summary>Returns whether the request only reads.</summary>
    public static bool IsReading(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private static PageRefusal Like(HttpContext context, LinkRefusal refusal) =>
        New(context, refusal.Status, refusal.Heading, refusal.Why, refusal.WhatToDo);

    private static PageRefusal New(HttpContext context, int status, string title, params ReadOnlySpan<string> reasons) =>
        new(status, title, [.. reasons.ToArray().Select(Plain)], WayOut.After(context, status));

    private static string Failed(HttpContext context) => StudioTexts.Get(IsReading(context) ? "CannotOpen" : "NothingChanged");
}
