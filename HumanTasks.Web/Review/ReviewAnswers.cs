using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Pages;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Review;

/// <summary>The successful responses of review links.</summary>
internal static class ReviewAnswers
{
    public static ReviewForm Of(TaskView task) => new(
        task.Question.TitleIn(Languages.Current),
        task.Question.DescriptionIn(Languages.Current),
        Core.Forms.SpokenForm.In(task.Question.CurrentRound.Form, Languages.Current),
        task.Question.Context,
        task.Schedule.ExpiresAt.UtcDateTime,
        task.UsesLeft,
        task.Rights.AllowReject);

    public static ReviewAccepted Of(Verdict.Accepted accepted) => new(
        accepted.View.CorrelationId, accepted.Response.ResumedRunId, accepted.Response.Id, accepted.Response.UsesLeft ?? accepted.View.UsesLeft);

    /// <summary>Returns a receipt for programs.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="form">The address of the form, for a follow-up question.</param>
    public static ReviewReceipt Of(Receipt receipt, string form) => new(
        receipt.Task.CorrelationId,
        receipt.Response.ResumedRunId,
        receipt.Response.Id,
        receipt.State.Name,
        receipt.State.Reason,
        receipt.State.Text,
        receipt.State.Detail,
        receipt.State.IsOver,
        receipt.State.IsFollowed,
        receipt.HasFollowUp ? form : null);

    /// <summary>Returns a receipt as a printable page.</summary>
    public static RazorComponentResult<PrintPage> Print(
        HttpContext context, Receipt receipt, string json, PublicBaseAddress address, bool hasLanguages = true) => new(new Dictionary<string, object?>
        {
            [nameof(PrintPage.Receipt)] = receipt,
            [nameof(PrintPage.JsonAddress)] = json,
            [nameof(PrintPage.HasLanguages)] = hasLanguages,
            [nameof(PrintPage.KeysAddress)] = $"{address.Find()?.ToString().TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}"}/.well-known/jwks.json",
        });

    public static RazorComponentResult<FormPage> Page(FormModel model, int status = StatusCodes.Status200OK) =>
        new(new Dictionary<string, object?> { [nameof(FormPage.Model)] = model }) { StatusCode = status };
}
