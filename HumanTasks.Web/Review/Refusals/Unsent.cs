using HumanTasks.Web.Forms;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>
/// What somebody typed into a form that is refused: their page shows it, to be copied. It lives as long as the request, and
/// says nothing that the request did not bring.
/// </summary>
internal sealed class Unsent(Func<IReadOnlyList<UnsentAnswer>> read)
{
    /// <summary>Keeps it for the answer, and reads it if that is a refusal.</summary>
    public static void Keep(HttpContext context, Func<IReadOnlyList<UnsentAnswer>> read) => context.Features.Set(new Unsent(read));

    /// <summary>Empty where a request brought nothing.</summary>
    public static IReadOnlyList<UnsentAnswer> Of(HttpContext context) => context.Features.Get<Unsent>()?.Answers ?? [];

    private IReadOnlyList<UnsentAnswer> Answers => field ??= read();
}
