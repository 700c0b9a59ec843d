using System.Globalization;
using HumanTasks.Core;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Visits;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>
/// The session after a right code: a signed cookie that is valid for one task, one version of its link and one address.
/// Nothing is stored: reassigning, responding, cancelling and sending a new link end the session, because the task no
/// longer matches the cookie. A review by an agent does not, so that a follow-up needs no new code.
/// </summary>
internal sealed class TaskSessions(LinkTokens tokens, TimeProvider time)
{
    public const string CookieName = "ht-task";
    private const string ReceiptName = "ht-task-receipt";
    private const string Purpose = "task session";
    private const string ReceiptPurpose = "task receipt";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(30);

    public void Begin(HttpContext context, TaskView task)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(
            CookieName, $"{until}.{tokens.Mark(Purpose, Text(task, until))}", Cookie(context, Lifetime));
    }

    /// <summary>Returns whether the request has a session for the task as it is now.</summary>
    public bool Has(HttpContext context, TaskView task) =>
        context.Request.Cookies[CookieName]?.Split('.') is [var until, var mark]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow().ToUnixTimeSeconds() < seconds
        && tokens.IsMark(Purpose, Text(task, until), mark);

    /// <summary>Lets a browser see the receipt of its response after the session has ended.</summary>
    public void LeaveReceipt(HttpContext context, TaskView task, string responseId)
    {
        context.Response.Cookies.Append(
            ReceiptName, $"{responseId}.{tokens.Mark(ReceiptPurpose, $"{task.Id} {responseId}")}", Cookie(context, ReceiptLifetime));
        if (task.State.Status != Core.Tasks.TaskStatus.Pending && !task.Question.MayFollowUp)
        {
            context.Response.Cookies.Delete(CookieName, Cookie(context, null));
        }
    }

    /// <summary>Returns the ID of the response whose receipt this browser may see, or null.</summary>
    public string? ReceiptOf(HttpContext context, string taskId) =>
        context.Request.Cookies[ReceiptName]?.Split('.') is [var id, var mark]
        && Ids.IsId(id) && tokens.IsMark(ReceiptPurpose, $"{taskId} {id}", mark)
            ? id
            : null;

    private static string Text(TaskView task, string until) =>
        string.Create(CultureInfo.InvariantCulture, $"{task.Id} {task.Generation} {task.Assignee} {until}");

    private static CookieOptions Cookie(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = Visit.Of(context).Page,
        SameSite = SameSiteMode.Lax,
    };
}
