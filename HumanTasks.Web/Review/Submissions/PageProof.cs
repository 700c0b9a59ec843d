using System.Globalization;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// Tells whether one of our pages sent a form. The antiforgery token and its cookie prove it. Where a browser keeps no cookies
/// and the link alone lets anybody answer, the page's mark does: whoever can make such a page has the link.
/// </summary>
internal sealed class PageProof(IAntiforgery antiforgery, LinkTokens tokens)
{
    /// <summary>Returns whether the form in the request is ours, as far as it was read.</summary>
    public async Task<bool> IsOursAsync(HttpContext context, TaskView task) =>
        await antiforgery.IsOursAsync(context)
        || (Visit.Of(context).Only == TaskKind.HumanIntervention && !BrowserSecurity.KeepsCookies(context.Request) && await IsMarkedAsync(context.Request, task));

    private async Task<bool> IsMarkedAsync(HttpRequest request, TaskView task) => request.HasFormContentType
        && await request.ReadFormAsync() is var form
        && PageMark.Is(tokens, task, Number(form[PartNames.Round]), form[PartNames.Shown]);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
