using System.Globalization;
using HumanTasks.Core;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Visits;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>
/// The session of somebody who typed the right code: a cookie that is good for one task, one issue of its link and one
/// address, under a mark of ours. Nothing is stored: reassigning, answering, cancelling and issuing the link again end it,
/// because the task is no longer what the cookie says; whoever an agent may ask again need not type another code for it.
/// </summary>
internal sealed class TaskSessions(LinkTokens tokens, TimeProvider time)
{
    private const string CookieName = "ht-task";
    private const string ReceiptName = "ht-task-receipt";
    private const string Purpose = "task session";
    private const string ReceiptPurpose = "task receipt";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(30);

    public void Begin(HttpContext context, HumanTask task)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(
            CookieName, $"{until}.{tokens.Mark(Purpose, Text(task, until))}", Cookie(context, Lifetime));
    }

    /// <summary>Whether the request has a session of the task as it is now.</summary>
    public bool Has(HttpContext context, HumanTask task) =>
        context.Request.Cookies[CookieName]?.Split('.') is [var until, var mark]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow().ToUnixTimeSeconds() < seconds
        && tokens.IsMark(Purpose, Text(task, until), mark);

    /// <summary>Lets who answered see their receipt, now that the session is over.</summary>
    public void LeaveReceipt(HttpContext context, HumanTask task, string responseId)
    {
        context.Response.Cookies.Append(
            ReceiptName, $"{responseId}.{tokens.Mark(ReceiptPurpose, $"{task.Id} {responseId}")}", Cookie(context, ReceiptLifetime));
        if (task.State.Status != Core.Tasks.TaskStatus.Pending && !task.MayFollowUp)
        {
            context.Response.Cookies.Delete(CookieName, Cookie(context, null));
        }
    }

    /// <summary>The id of the answer whose receipt this browser may see, or null.</summary>
    public string? ReceiptOf(HttpContext context, string taskId) =>
        context.Request.Cookies[ReceiptName]?.Split('.') is [var id, var mark]
        && Ids.IsId(id) && tokens.IsMark(ReceiptPurpose, $"{taskId} {id}", mark)
            ? id
            : null;

    private static string Text(HumanTask task, string until) =>
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
