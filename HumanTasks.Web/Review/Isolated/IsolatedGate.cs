using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>
/// The filter before everything behind a secure link except its codes: it admits visitors who entered the right code or
/// are signed in to the Studio with the assigned address, and shows everybody else the page that requests a code.
/// </summary>
internal sealed class IsolatedGate(
    TaskOperations operations, TaskSessions sessions, TaskJournal journal, VerifyAnswers answers, UnsentReader unsent, IAntiforgery antiforgery)
    : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var visit = Visit.Of(context);
        var verdict = visit.Claim is { } claim
            ? (await operations.OpenAsync(claim, context.RequestAborted)).Within(visit)
            : new Verdict.Unknown();
        if (LinkVerdicts.TaskOf(verdict) is not { } task)
        {
            if (verdict is not Verdict.Unknown)
            {
                await unsent.ReadAsync(context, null, knowsForm: false);
                return LinkVerdicts.Refused(context, verdict);
            }

            await journal.NoteStrangerAsync(visit.Page, TaskJournal.Look, context.RequestAborted);
            return await answers.AskAsync(context, null);
        }

        if (IsReceipt(context, task))
        {
            RequestLanguage.Prefer(context, task.Question);
            return await next(invocation);
        }

        var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (WhoIs(context, task) is not var (by, verified))
        {
            // unverified visitors see what they sent themselves, but nothing of the task
            await unsent.ReadAsync(context, task, knowsForm: false);
            if (verdict is not Verdict.Open)
            {
                return LinkVerdicts.Refused(context, verdict);
            }

            if (isReading)
            {
                await Visitors.NoteAsync(context, journal, task);
            }

            return await answers.AskAsync(context, task);
        }

        if (verified == Verification.Session && !isReading && context.Request.WantsJson() && !context.ChecksTokenItself()
            && !await IsMeantAsync(context))
        {
            return ApiProblem.Forged(); // a form's token is checked where the entered values can be shown again
        }

        // the person who responded can follow the review
        if (verdict is Verdict.UnderReview { View.State: TaskState.Reviewing { ResponseId: var answer } }
            && isReading && !context.Request.WantsJson() && (verified == Verification.Session || sessions.ReceiptOf(context, task.Id) == answer))
        {
            return new SeeOther(visit.Receipt(answer));
        }

        // a repeated submission gets the first response again, also if that one ended the session
        if (verdict is not Verdict.Open && isReading)
        {
            return LinkVerdicts.Refused(context, verdict);
        }

        RequestLanguage.Prefer(context, task.Question);
        context.Features.Set(visit with { By = by, Verified = verified });
        return await next(invocation);
    }

    private (string By, Verification Verified)? WhoIs(HttpContext context, TaskView task) =>
        task.Assignee is not { } assignee ? null
        : context.User.MemberAddress() is { } member && task.IsOf(member) ? (member, Verification.Session)
        : sessions.Has(context, task) ? (assignee, Verification.Code)
        : null;

    // only the token in the header is checked; a form is read elsewhere, and only once
    private async Task<bool> IsMeantAsync(HttpContext context) =>
        context.Request.Headers.ContainsKey(BrowserSecurity.TokenHeader) && await antiforgery.IsOursAsync(context);

    private bool IsReceipt(HttpContext context, TaskView task) =>
        context.Request.RouteValues["responseId"] is string responseId
        && (sessions.ReceiptOf(context, task.Id) == responseId
            || (context.User.MemberAddress() is { } member && task.IsOf(member)));
}
