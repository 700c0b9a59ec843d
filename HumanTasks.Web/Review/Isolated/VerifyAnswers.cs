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

/// <summary>The page that asks for a code, and the same for programs. It says nothing of the task: whoever reads it may be anybody.</summary>
internal sealed class VerifyAnswers(OneTimeCodes codes, IAntiforgery antiforgery)
{
    /// <summary>What a code for the task behind a link is good for; for a token that is not ours, something that looks alike.</summary>
    public static CodeScope ScopeOf(HttpContext context, HumanTask? task)
    {
        var token = context.Request.RouteValues["token"] as string ?? "";
        return task is { Assignee: { } address }
            ? new CodeScope(task.RunId, $"code~{task.Action}~{OneTimeCodes.KeyOf(address)}", address)
            : new CodeScope("codes", OneTimeCodes.KeyOf($"link {token}"), $"link {token}");
    }

    /// <summary>401, and how to go on.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="task">Null for a token that is not ours.</param>
    /// <param name="problem">What was wrong with the last try, in words.</param>
    /// <param name="status">Of the page.</param>
    public async Task<IResult> AskAsync(
        HttpContext context, HumanTask? task, string? problem = null, int status = StatusCodes.Status401Unauthorized)
    {
        var token = context.Request.RouteValues["token"] as string ?? "";
        var masked = task is null ? MaskedAddress.OfNobody(token) : MaskedAddress.Of(task.Assignee);
        if (context.Request.WantsJson())
        {
            var details = ApiProblem.Details(
                StatusCodes.Status401Unauthorized,
                "verification-required",
                "Verification required",
                "Ask for a code with POST to 'code' below this address, and send it to 'verify'.");
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

    /// <summary>Who asks, as the reader of a mail knows them.</summary>
    public static string SenderOf(EnvironmentCatalog environments, HumanTask task) =>
        environments.Find(task.Environment)?.DisplayName ?? task.Environment;
}
