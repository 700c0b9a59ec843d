using System.Globalization;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>
/// The page that requests a code, and its equivalent for programs. It says nothing about the task, because its reader
/// is not verified yet.
/// </summary>
internal sealed class VerifyAnswers(OneTimeCodes codes, IAntiforgery antiforgery)
{
    /// <summary>Returns the scope of a code for the task behind a link; for an unknown token a similar one.</summary>
    public static CodeScope ScopeOf(HttpContext context, TaskView? task)
    {
        var token = context.Request.RouteValues["token"] as string ?? "";
        return task is { Assignee: { } address }
            ? new CodeScope(task.RunId, $"code~{task.Action}~{OneTimeCodes.KeyOf(address)}", address)
            : new CodeScope("codes", OneTimeCodes.KeyOf($"link {token}"), $"link {token}");
    }

    /// <summary>Returns 401 with how to continue.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="task">The task; null for an unknown token.</param>
    /// <param name="problem">The problem with the last attempt, as text.</param>
    /// <param name="status">The status of the page.</param>
    public async Task<IResult> AskAsync(
        HttpContext context, TaskView? task, string? problem = null, int status = StatusCodes.Status401Unauthorized)
    {
        var token = context.Request.RouteValues["token"] as string ?? "";
        var masked = task is null ? MaskedAddress.OfNobody(token) : MaskedAddress.Of(task.Assignee);
        if (context.Request.WantsJson())
        {
            var details = ApiProblem.Details(
                StatusCodes.Status401Unauthorized,
                "verification-required",
                "Verification required",
                "Request a code with POST to 'code' under this URL, then POST it to 'verify'.");
            details.Extensions["maskedAddress"] = masked;
            return TypedResults.Problem(details);
        }

        var asker = CodeBrowser.Looking(context, Visit.Of(context).Page);
        var standing = await codes.LookAsync(ScopeOf(context, task), asker, context.RequestAborted);
        return new RazorComponentResult<VerifyPage>(new Dictionary<string, object?>
        {
            [nameof(VerifyPage.Address)] = Visit.Of(context).Page,
            [nameof(VerifyPage.Masked)] = masked,
            [nameof(VerifyPage.Standing)] = standing,
            [nameof(VerifyPage.Problem)] = problem,
            [nameof(VerifyPage.Unsent)] = Unsent.Of(context),
            [nameof(VerifyPage.Token)] = HttpMethods.IsHead(context.Request.Method)
                ? "" : antiforgery.GetAndStoreTokens(context).RequestToken ?? "",
        })
        {
            StatusCode = status,
        };
    }

    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the sender's name as it appears in emails.</summary>
    public static string SenderOf(EnvironmentCatalog environments, TaskView task) =>
        environments.Find(task.Environment)?.DisplayName ?? task.Environment;
}
