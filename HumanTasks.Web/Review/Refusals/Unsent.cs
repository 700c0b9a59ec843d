using HumanTasks.Web.Forms;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>
/// What was typed into a form that is refused: the page shows it, to be copied. It lives as long as the request, and
/// contains nothing that the request did not bring.
/// </summary>
internal sealed class Unsent(Func<IReadOnlyList<UnsentAnswer>> read)
{
    /// <summary>Keeps the content for the response, which reads it only if it is a refusal.</summary>
    public static void Keep(HttpContext context, Func<IReadOnlyList<UnsentAnswer>> read) => context.Features.Set(new Unsent(read));

    /// <summary>Returns the content; empty when the request brought none.</summary>
    public static IReadOnlyList<UnsentAnswer> Of(HttpContext context) => context.Features.Get<Unsent>()?.Answers ?? [];

    private IReadOnlyList<UnsentAnswer> Answers => field ??= read();
}
