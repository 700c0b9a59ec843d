using HumanTasks.Core.Tasks;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Why a link does not lead to a form: the same slug and words in JSON and on the page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Slug">Of the problem's type.</param>
/// <param name="Title">The exact words of the contract.</param>
public sealed record ReviewRefusal(int Status, string Slug, string Title)
{
    public static ReviewRefusal NotFound { get; } = new(StatusCodes.Status404NotFound, "link-not-found", "Not found");

    public static ReviewRefusal Expired { get; } = new(StatusCodes.Status410Gone, "link-expired", "Link has expired");

    public static ReviewRefusal UsedUp { get; } =
        new(StatusCodes.Status410Gone, "link-used-up", "Already used the maximum number of times");

    public static ReviewRefusal NotReady { get; } = new(425, "link-not-ready", "Not ready yet");

    /// <summary>The refusal that a verdict means, or null when it is none.</summary>
    public static ReviewRefusal? Of(Verdict verdict) => verdict switch
    {
        Verdict.Unknown => NotFound,
        Verdict.Expired => Expired,
        Verdict.UsedUp => UsedUp,
        Verdict.NotReady => NotReady,
        _ => null,
    };
}
