using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HumanTasks.Web.Review.Visits;

/// <summary>A visitor at the form of a task: how they came, and who they are, as far as known.</summary>
internal sealed record Visit
{
    /// <summary>The content of the link, verified once; null for an unknown token.</summary>
    public required LinkClaim? Claim { get; init; }

    /// <summary>The address of the page with the form; everything that belongs to it is below.</summary>
    public required string Page { get; init; }

    /// <summary>The address that the form is sent to.</summary>
    public required string Send { get; init; }

    /// <summary>The only kind of task allowed here; null for any.</summary>
    public TaskKind? Only { get; init; }

    /// <summary>The verified address of the visitor; null for anyone with the link.</summary>
    public string? By { get; init; }

    /// <summary>How they were verified.</summary>
    public Verification Verified { get; init; }

    /// <summary>How they were verified, as the contract's word; null for anyone with the link.</summary>
    public string? Via => Verified == Verification.Link ? null : Verified.Word();

    /// <summary>Whether drafts are stored on the server.</summary>
    public bool HasDrafts { get; init; }

    /// <summary>Returns the address of the file that a field shows. Default: below the page.</summary>
    public Func<Field.DisplayOnly, string?>? Shows { get; init; }

    public string Draft => $"{Page}/draft";

    /// <summary>The address to go to after responding. Default: the response's receipt.</summary>
    public string? Done { get; init; }

    /// <summary>Renders the form again within another page than the link's own, with a status.</summary>
    public Func<FormModel, int, IResult>? Render { get; init; }

    public string Receipt(string responseId) => Done ?? $"{Page}/responses/{responseId}";

    public string? ContentAddressOf(Field.DisplayOnly field) => Shows is { } shows ? shows(field) : $"{Page}/shown/{field.Name}";

    public static Visit Of(HttpContext context) => context.Features.GetRequiredFeature<Visit>();

    /// <summary>Returns the visit of anyone with a link.</summary>
    public static Visit ByLink(HttpContext context, string token, LinkClaim? claim, TaskKind only)
    {
        var page = $"{context.Request.PathBase}/{(only == TaskKind.HumanTask ? "task" : "review")}/{token}";
        return new Visit
        {
            Claim = claim,
            Page = page,

            // Not the page's own address: if both are the same, a browser that cannot send replaces the page by its
            // error, and there is no way back to what was typed.
            Send = $"{page}?send",
            Only = only,
            HasDrafts = true,
        };
    }
}
