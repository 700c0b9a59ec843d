using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Review.Drafts;

/// <summary>The endpoint that saves drafts, while typing and when a reviewer wants to finish later.</summary>
internal static class DraftEndpoints
{
    private const string RetryUploadsAfterSeconds = "3600";

    public static void MapDrafts(this RouteGroupBuilder link)
    {
        link.MapPost("/draft", SaveAsync).CheckingTokenItself()
            .WithSummary("Saves a draft.")
            .Operation("saveLinkDraft", "answer-under-review", "task-claimed", "not-an-assignee", "same-person", "other-round")
            .Takes(JsonSubmission.Shape)
            .TakesToo("multipart/form-data", "application/x-www-form-urlencoded")
            .Produces<DraftSaved>();
        link.MapGet("/draft", ShowAsync).ExcludeFromDescription();
        link.MapPost("/draft/discard", DiscardAsync).CheckingTokenItself().ExcludeFromDescription();
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        TaskOperations operations,
        SubmissionReader reader,
        UnsentReader unsent,
        Uploads uploads,
        Drafts drafts,
        TaskJournal journal,
        PageProof proof)
    {
        var verdict = await OpenAsync(context, operations);
        if (verdict is not Verdict.Open { View: var task })
        {
            var refused = LinkVerdicts.TaskOf(verdict);
            await unsent.ReadAsync(context, refused, knowsForm: refused?.Generation == Visit.Of(context).Claim?.Generation);
            return LinkVerdicts.Refused(context, verdict);
        }

        RequestLanguage.Prefer(context, task.Question);
        var reading = await reader.ReadAsync(context, task, task.Question.Form(), context.RequestAborted);
        RequestLanguage.GoOn(context, reading.Language);
        if (reading.Brought is { } brought)
        {
            unsent.Keep(context, task, brought, knowsForm: true);
        }

        switch (reading)
        {
            case Reading.Complete { Sent: var sent }:
                if (!await proof.IsOursAsync(context, task) || !Drafts.Finds(context, task))
                {
                    await uploads.DiscardAsync(task.Id, sent.Fresh, context.RequestAborted);
                    return LinkRefusal.Malformed.Answer(context.Request);
                }

                var draft = await drafts.SaveAsync(context, task, sent);
                Drafts.Mark(context, task);
                await journal.NoteLookAsync(task.Task, TaskEventKind.DraftSaved, context.RequestAborted);
                if (sent.IsFull)
                {
                    // the texts are saved; the response must say that a file is not, and the page still has it
                    context.Response.Headers.RetryAfter = RetryUploadsAfterSeconds;
                    return LinkRefusal.TooMany.Answer(context.Request);
                }

                return context.Request.WantsJson()
                    ? TypedResults.Json(
                        new DraftSaved(draft.SavedAt.UtcDateTime, ReviewTexts.Get("DraftKept", Shown.Time(draft.SavedAt))),
                        DraftJson.Default.DraftSaved)
                    : new SeeOther(context.Request.Query.ContainsKey(RequestLanguage.Name) ? Visit.Of(context).Page : Visit.Of(context).Draft);
            case Reading.NotStored lost:
                await uploads.DiscardAsync(task.Id, lost.SoFar.Fresh, context.RequestAborted);
                return ApiProblem.StorageUnavailable(context);
            case Reading.TooLarge large:
                await uploads.DiscardAsync(task.Id, large.SoFar?.Fresh ?? [], context.RequestAborted);
                return LinkRefusal.TooLarge.Answer(context.Request, ByteSize.Of(large.Limit));
            default:
                return LinkRefusal.Malformed.Answer(context.Request);
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext context, TaskOperations operations, Drafts drafts)
    {
        var verdict = await OpenAsync(context, operations);
        if (verdict is Verdict.Open open)
        {
            RequestLanguage.Prefer(context, open.View.Question);
        }

        return verdict is not Verdict.Open { View: var task } ? LinkVerdicts.Refused(context, verdict)
            : await drafts.FindAsync(context, task) is not { } draft ? new SeeOther(Visit.Of(context).Page)
            : new RazorComponentResult<DraftPage>(new Dictionary<string, object?>
            {
                [nameof(DraftPage.Task)] = task,
                [nameof(DraftPage.SavedAt)] = draft.SavedAt,
                [nameof(DraftPage.Address)] = Visit.Of(context).Page,
            });
    }

    private static async Task<IResult> DiscardAsync(
        HttpContext context, TaskOperations operations, Drafts drafts, Uploads uploads, PageProof proof)
    {
        var verdict = await OpenAsync(context, operations);
        if (verdict is not Verdict.Open { View: var task })
        {
            return LinkVerdicts.Refused(context, verdict);
        }

        if (!await proof.IsOursAsync(context, task))
        {
            return LinkRefusal.Malformed.Answer(context.Request);
        }

        await uploads.ReleaseAsync(task.Id, await drafts.DropAsync(context, task), context.RequestAborted);
        return new SeeOther(Visit.Of(context).Page);
    }

    private static async Task<Verdict> OpenAsync(HttpContext context, TaskOperations operations) =>
        Visit.Of(context) is { Claim: { } claim } visit
            ? (await operations.OpenAsync(claim, context.RequestAborted)).Within(visit)
            : new Verdict.Unknown();
}
