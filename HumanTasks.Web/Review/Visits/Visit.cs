using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HumanTasks.Web.Review.Visits;

/// <summary>A person at the form of a task: by which way they came and who they are, as far as that is known.</summary>
internal sealed record Visit
{
    /// <summary>What the link says, verified once; null for a token that is not ours.</summary>
    public required LinkClaim? Claim { get; init; }

    /// <summary>The address of the page with the form; what belongs to it stands below.</summary>
    public required string Page { get; init; }

    /// <summary>Where the form is sent.</summary>
    public required string Send { get; init; }

    /// <summary>The only kind of task that is reached this way; null for any.</summary>
    public TaskKind? Only { get; init; }

    /// <summary>The verified address of who answers; null for whoever has the link.</summary>
    public string? By { get; init; }

    /// <summary>How they were verified.</summary>
    public Verification Verified { get; init; }

    /// <summary>The same in a word; null for whoever has the link.</summary>
    public string? Via => Verified == Verification.Link ? null : Verified.Word();

    /// <summary>Whether what is typed is kept on the server.</summary>
    public bool HasDrafts { get; init; }

    /// <summary>Where the file is that a field shows; below the page without it.</summary>
    public Func<Field.DisplayOnly, string?>? Shows { get; init; }

    public string Draft => $"{Page}/draft";

    /// <summary>Where somebody goes after answering; the answer's receipt without it.</summary>
    public string? Done { get; init; }

    /// <summary>Shows the form once more within another page than the link's own, with a status.</summary>
    public Func<FormModel, int, IResult>? Render { get; init; }

    public string Receipt(string responseId) => Done ?? $"{Page}/responses/{responseId}";

    public string? ContentAddressOf(Field.DisplayOnly field) => Shows is { } shows ? shows(field) : $"{Page}/shown/{field.Name}";

    public static Visit Of(HttpContext context) => context.Features.GetRequiredFeature<Visit>();

    /// <summary>By a link, whoever it is.</summary>
    public static Visit ByLink(HttpContext context, string token, LinkClaim? claim, TaskKind only)
    {
        var page = $"{context.Request.PathBase}/{(only == TaskKind.HumanTask ? "task" : "review")}/{token}";
        return new Visit
        {
            Claim = claim,
            Page = page,

            // Not the page's own address: a browser that cannot send replaces a page by its error when both have the same
            // one, and then there is no way back to what was typed.
            Send = $"{page}?send",
            Only = only,
            HasDrafts = true,
        };
    }
}
