using HumanTasks.Core.Engine;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>
/// The endpoints for the codes of a secure link. An unknown token gets the same responses as a valid one, but no email.
/// </summary>
internal static class CodeEndpoints
{
    public static void MapCodes(this RouteGroupBuilder link)
    {
        link.MapPost("/code", SendAsync)
            .DisableAntiforgery()
            .Operation("sendLinkCode", "too-many-tries")
            .WithSummary("Emails a one-time code to the assignee.")
            .Produces(StatusCodes.Status202Accepted);
        link.MapPost("/verify", VerifyAsync)
            .DisableAntiforgery()
            .Operation("verifyLinkCode", "wrong-code", "code-expired", "too-many-tries").Takes(CodeRequest.Body).TakesToo("application/x-www-form-urlencoded")
            .WithSummary("Verifies a code and starts a session.")
            .Produces(StatusCodes.Status204NoContent);
        link.MapPost("/fresh-link", RenewAsync)
            .DisableAntiforgery()
            .Operation("renewLink")
            .WithSummary("Emails the assignee a new link if the task is open. The response is the same either way.")
            .Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        TaskOperations operations,
        TaskJournal journal,
        OneTimeCodes codes,
        CodeMail mail,
        VerifyAnswers answers,
        NoticeWriter notices,
        EnvironmentCatalog environments,
        IAntiforgery antiforgery)
    {
        var (task, refusal) = await FindAsync(context, operations, antiforgery);
        if (refusal is not null)
        {
            return refusal;
        }

        if (task is { Assignee: var assignee } && (assignee is null || !EmailAddresses.Are(assignee)))
        {
            return await answers.AskAsync(context, task);
        }

        var json = context.Request.WantsJson();
        var asker = CodeBrowser.Asking(context);
        switch (await codes.IssueAsync(VerifyAnswers.ScopeOf(context, task), asker, context.RequestAborted))
        {
            case CodeIssue.Issued issued:
                CodeBrowser.Remember(context, asker, Visit.Of(context).Page);
                if (task is not null)
                {
                    var email = notices.WriteCode(
                        task.Assignee!, issued.Code, environments.Find(task.Environment), task.CorrelationId);
                    mail.Post(email, $"{task.Id}-code-{context.TraceIdentifier}-{Core.Ids.Derive(task.RunId, issued.Code + context.TraceIdentifier)}");
                    await journal.NoteAsync(task.Task, TaskEventKind.CodeSent, null, MaskedAddress.Of(task.Assignee), context.RequestAborted);
                }
                else
                {
                    await journal.NoteStrangerAsync(Visit.Of(context).Page, "code", context.RequestAborted);
                }

                return json ? TypedResults.Accepted((string?)null) : new SeeOther(Visit.Of(context).Page);
            case CodeIssue.Locked locked:
                return json
                    ? TooMany(context, "too-many-tries", "Too many attempts", locked.Wait)
                    : await answers.AskAsync(context, task, null, StatusCodes.Status429TooManyRequests);
            case CodeIssue.TooSoon soon when json:
                return TooMany(context, "too-many-requests", "Too many codes", soon.Wait);
            case CodeIssue.TooSoon soon:
                context.Response.Headers.RetryAfter = VerifyAnswers.Seconds(soon.Wait);
                return await answers.AskAsync(
                    context, task, ReviewTexts.Count("CodeTooSoon", (long)Math.Ceiling(soon.Wait.TotalSeconds)), StatusCodes.Status429TooManyRequests);
            default:
                throw new InvalidOperationException("Unknown outcome of the wish for a code.");
        }
    }

    private static async Task<IResult> VerifyAsync(
        HttpContext context,
        TaskOperations operations,
        TaskJournal journal,
        OneTimeCodes codes,
        TaskSessions sessions,
        VerifyAnswers answers,
        IAntiforgery antiforgery)
    {
        string? code;
        var json = context.Request.WantsJson();
        if (json)
        {
            var (request, problem) = await ApiRequest.ReadAsync(context, CodeRequest.Body);
            if (request is null)
            {
                return problem!;
            }

            code = request.Code;
        }
        else
        {
            code = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["code"].ToString() : "";
        }

        var (task, refusal) = await FindAsync(context, operations, antiforgery);
        if (refusal is not null)
        {
            return refusal;
        }

        var check = await codes.CheckAsync(VerifyAnswers.ScopeOf(context, task), CodeBrowser.Of(context), code, context.RequestAborted);
        if (check is CodeCheck.Right && task is null)
        {
            check = new CodeCheck.Wrong(OneTimeCodes.MaxTries - 1); // a guess for an unknown token, to which no code was sent
        }

        if (task is not null && check is CodeCheck.Right or CodeCheck.Wrong or CodeCheck.TooMany { WasWrong: true })
        {
            await journal.NoteAsync(
                task!.Task,
                check is CodeCheck.Right ? TaskEventKind.Verified : TaskEventKind.WrongCode,
                check is CodeCheck.Right ? task!.Assignee : null,
                null,
                context.RequestAborted);
        }

        if (task is null && check is not (CodeCheck.Expired or CodeCheck.Incomplete))
        {
            await journal.NoteStrangerAsync(Visit.Of(context).Page, "try", context.RequestAborted);
        }

        switch (check)
        {
            case CodeCheck.Right:
                sessions.Begin(context, task!);
                return json ? TypedResults.NoContent() : new SeeOther(Visit.Of(context).Page);
            case CodeCheck.Wrong wrong when json:
                return WrongCode(wrong.TriesLeft);
            case CodeCheck.Incomplete incomplete when json:
                return WrongCode(incomplete.TriesLeft, "A code has 6 digits. This attempt was not counted.");
            case CodeCheck.Incomplete:
                return await answers.AskAsync(context, task, ReviewTexts.Get("CodeIncomplete"), StatusCodes.Status422UnprocessableEntity);
            case CodeCheck.TooMany { WasWrong: true } when json:
                return WrongCode(0);
            case CodeCheck.Expired when json:
                return ApiProblem.Of(StatusCodes.Status410Gone, "code-expired", "The code has expired", "Request a new code.");
            case CodeCheck.TooMany many when json:
                return TooMany(context, "too-many-tries", "Too many attempts", many.Wait);
            case CodeCheck.Wrong or CodeCheck.TooMany { WasWrong: true }:
                return await answers.AskAsync(context, task, ReviewTexts.Get("CodeWrong"), StatusCodes.Status422UnprocessableEntity);
            case CodeCheck.Expired:
                return await answers.AskAsync(context, task, ReviewTexts.Get("CodeExpired"), StatusCodes.Status410Gone);
            default:
                return await answers.AskAsync(context, task, null, StatusCodes.Status429TooManyRequests);
        }
    }

    private static async Task<IResult> RenewAsync(
        HttpContext context, TaskOperations operations, OneTimeCodes codes, IAntiforgery antiforgery)
    {
        if (!context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return LinkRefusal.Malformed.Answer(context.Request);
        }

        // the same for every link, so that the response does not reveal what happened
        if (Visit.Of(context).Claim is { } claim
            && await operations.FindByLinkAsync(claim, context.RequestAborted) is { Kind: TaskKind.HumanTask, Assignee: { } address } task
            && EmailAddresses.Are(address)
            && await codes.IssueAsync(
                new CodeScope(task.RunId, $"fresh~{task.Action}", $"fresh {address}"), CodeAsker.Everybody, context.RequestAborted) is CodeIssue.Issued)
        {
            await operations.RenewLinkAsync(task, context.RequestAborted);
        }

        return context.Request.WantsJson()
            ? TypedResults.Accepted((string?)null)
            : new RazorComponentResult<FreshLinkPage>();
    }

    /// <summary>Returns the task, null for an unknown token, or a refusal.</summary>
    private static async Task<(TaskView? Task, IResult? Refusal)> FindAsync(
        HttpContext context, TaskOperations operations, IAntiforgery antiforgery)
    {
        var visit = Visit.Of(context);
        if (!context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return (null, LinkRefusal.Malformed.Answer(context.Request));
        }

        var verdict = visit.Claim is { } claim
            ? (await operations.OpenAsync(claim, context.RequestAborted)).Within(visit)
            : new Verdict.Unknown();
        return verdict switch
        {
            Verdict.Open { View: var task } => (task, null),
            Verdict.Unknown => (null, null),
            _ => (null, LinkVerdicts.Refused(context, verdict)),
        };
    }

    private static ProblemHttpResult WrongCode(int triesLeft, string detail = "Use the code from the latest email.")
    {
        var details = ApiProblem.Details(
            StatusCodes.Status422UnprocessableEntity, "wrong-code", "The code is wrong", detail);
        details.Extensions["triesLeft"] = triesLeft;
        return TypedResults.Problem(details);
    }

    private static ProblemHttpResult TooMany(HttpContext context, string slug, string title, TimeSpan wait)
    {
        var seconds = VerifyAnswers.Seconds(wait);
        context.Response.Headers.RetryAfter = seconds;
        return ApiProblem.Of(StatusCodes.Status429TooManyRequests, slug, title, $"Try again in {seconds} seconds.");
    }

    private sealed record CodeRequest(string Code)
    {
        private static readonly TextMember CodeMember = new("code", 50) { Required = true, Says = "Six digits." };

        public static readonly RequestBody<CodeRequest> Body =
            new(new Shape("CodeRequest", CodeMember), reader => new CodeRequest(reader.RequiredText(CodeMember)));
    }
}
