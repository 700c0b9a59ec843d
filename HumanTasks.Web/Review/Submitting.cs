using System.Globalization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review.Isolated;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Handles a submission from its bytes to its response, for programs and for people.</summary>
internal sealed class Submitting(
    TaskOperations operations,
    SubmissionReader reader,
    UnsentReader unsent,
    Uploads uploads,
    PageProof proof,
    SentCheck check,
    FormSteps steps,
    FormAgain again,
    Drafts.Drafts drafts,
    TaskSessions sessions,
    LimitOptions limits)
{
    private const int MaxKeyLength = 200;

    public async Task<IResult> SubmitAsync(HttpContext context, LinkClaim claim, CancellationToken cancellationToken)
    {
        var (opened, standing) = await operations.OpenToAnswerAsync(claim, cancellationToken);
        var verdict = opened.Within(Visit.Of(context));
        var task = verdict switch
        {
            Verdict.Open open => open.View,
            Verdict.UnderReview looked => looked.View,
            Verdict.UsedUp used => used.View, // may be a repeated submission, which gets the first response again
            Verdict.Expired { View: { } late } when late.Generation == claim.Generation => late,
            _ => null,
        };
        if (task is null)
        {
            var refused = LinkVerdicts.TaskOf(verdict);
            await unsent.ReadAsync(context, refused, knowsForm: refused?.Generation == claim.Generation);
            return LinkVerdicts.Refused(context, verdict);
        }

        RequestLanguage.Prefer(context, task.Question);
        var reading = await reader.ReadAsync(context, task, task.Question.Form(), cancellationToken);
        RequestLanguage.GoOn(context, reading.Language);
        if (reading.Brought is { } brought)
        {
            unsent.Keep(context, task, brought, knowsForm: true);
        }

        return reading switch
        {
            Reading.Complete complete => await AcceptAsync(context, task, complete.Sent, verdict, standing, cancellationToken),
            Reading.NotStored { SoFar: var sent } when !context.Request.WantsJson() && verdict is Verdict.Open =>
                await NoStorageAsync(context, task, sent),
            Reading.NotStored => ApiProblem.StorageUnavailable(context),
            Reading.TooLarge large => await TooLargeAsync(context, task, large, verdict, cancellationToken),
            Reading.Malformed malformed => LinkRefusal.Malformed.Answer(context.Request, malformed.Detail),
            Reading.WrongShape wrong => ApiProblem.InvalidDocument(wrong.Problems),
            _ => LinkRefusal.UnknownMedia.Answer(context.Request),
        };
    }

    private async Task<IResult> AcceptAsync(
        HttpContext context,
        TaskView task,
        Sent sent,
        Verdict before,
        RunStanding? standing,
        CancellationToken cancellationToken)
    {
        var json = context.Request.WantsJson();
        if (!json && !await proof.IsOursAsync(context, task))
        {
            var (rest, lost) = await WithoutFreshAsync(task, sent, cancellationToken);
            return before is Verdict.Open
                ? await again.ShowAsync(context, task, rest, new FormAgain.Why(StatusCodes.Status400BadRequest, "NotOurs") { Problems = lost })
                : LinkVerdicts.Refused(context, before);
        }

        var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault() ?? sent.Key;
        if (key is { Length: > MaxKeyLength })
        {
            return LinkRefusal.Malformed.Answer(context.Request, "The idempotency key must have at most 200 characters.");
        }

        if (sent.IsAStep && !json && before is Verdict.Open)
        {
            return await steps.TakeAsync(context, task, sent);
        }

        var submission = new Submission
        {
            Key = string.IsNullOrEmpty(key) ? null : key,
            Fingerprint = string.IsNullOrEmpty(key) ? null : Fingerprint.Of(sent),
            ByLink = Visit.Of(context).Only is not null,
            By = Visit.Of(context).By,
            Via = Visit.Of(context).Via,
            Verified = Visit.Of(context).Verified,
            Round = sent.Round,
            Standing = standing,
            MaxFileBytes = limits.MaxUploadBytes,
        };
        Verdict verdict;
        try
        {
            verdict = await DecideAsync(task, sent, before, submission, cancellationToken);
        }
        catch (StorageUnavailableException) when (!json && before is Verdict.Open)
        {
            return await NoStorageAsync(context, task, sent);
        }

        return await AnswerAsync(context, sent, verdict, json, cancellationToken);
    }

    /// <summary>
    /// Returns the content of a request that may not store anything, without its files, which must be attached again.
    /// </summary>
    private async Task<(Sent Left, IReadOnlyList<InputProblem> Lost)> WithoutFreshAsync(
        TaskView task, Sent sent, CancellationToken cancellationToken)
    {
        await uploads.DiscardAsync(task.Id, sent.Fresh, cancellationToken);
        var form = task.Question.Form();
        var lost = sent.Files
            .SelectMany(files => files.Value.Where(sent.Fresh.Contains).Select(file => new InputProblem(
                files.Key,
                JsonPointer.Append("/values", files.Key),
                FormTexts.Get("FileNotKept", form.Find(files.Key)?.Label ?? files.Key, file.Name))));
        return (
            sent with
            {
                Files = sent.Files.ToDictionary(
                    files => files.Key, IReadOnlyList<FileValue> (files) => [.. files.Value.Except(sent.Fresh)], StringComparer.Ordinal),
                Fresh = [],
            },
            [.. sent.UploadProblems.Concat(lost)]);
    }

    private async Task<Verdict> DecideAsync(
        TaskView task, Sent sent, Verdict before, Submission submission, CancellationToken cancellationToken) =>
        sent switch
        {
            { Rejects: true } => await operations.RejectAsync(task, Cut(sent.Reason), submission, cancellationToken),
            { UploadProblems.Count: > 0 } when before is Verdict.Open && check.ProblemsOf(task.Question.Form(), sent) is { Count: > 0 } problems =>
                new Verdict.InvalidInput(task, problems),
            _ => await operations.AcceptAsync(task, sent.Values, submission, cancellationToken),
        };

    /// <summary>Returns the page again when nothing could be stored, with everything that was typed.</summary>
    private async Task<IResult> NoStorageAsync(
        HttpContext context, TaskView task, Sent sent)
    {
        context.Response.Headers.RetryAfter = ApiProblem.RetryStorageAfterSeconds;
        var (rest, lost) = await IfOursAsync(context, task, sent);
        return await again.ShowAsync(context, task, rest, new FormAgain.Why(StatusCodes.Status503ServiceUnavailable, "NoStorage") { Problems = lost });
    }

    private async Task<(Sent Left, IReadOnlyList<InputProblem> Lost)> IfOursAsync(HttpContext context, TaskView task, Sent sent) =>
        await proof.IsOursAsync(context, task) ? (sent, []) : await WithoutFreshAsync(task, sent, context.RequestAborted);

    private async Task<IResult> AnswerAsync(
        HttpContext context, Sent sent, Verdict verdict, bool json, CancellationToken cancellationToken)
    {
        switch (verdict)
        {
            case Verdict.Accepted accepted:
                if (accepted.Repeated)
                {
                    await uploads.DiscardAsync(accepted.View.Id, sent.Fresh, cancellationToken);
                }
                else
                {
                    await uploads.AcceptAsync(accepted.Response, sent, cancellationToken);
                }

                await FinishAsync(context, accepted, sent, cancellationToken);
                if (json)
                {
                    return TypedResults.Json(ReviewAnswers.Of(accepted), ReviewJson.Default.ReviewAccepted);
                }

                return new SeeOther(Visit.Of(context).Receipt(accepted.Response.Id));
            case Verdict.InvalidInput invalid when json:
                await uploads.DiscardAsync(invalid.View.Id, sent.Fresh, cancellationToken);
                return ApiProblem.InvalidFormInput(invalid.Problems, invalid.View.CorrelationId);
            case Verdict.InvalidInput invalid:
                var bad = sent.Files.SelectMany(files => files.Value).ToHashSet();
                sent = sent with { Files = check.GoodFilesOf(invalid.View.Question.Form(), sent) };
                bad.ExceptWith(sent.Files.SelectMany(files => files.Value));
                await uploads.DiscardAsync(invalid.View.Id, bad.Intersect(sent.Fresh), cancellationToken);
                return await steps.ShowAsync(context, invalid.View, sent, invalid.Problems);
            case Verdict.OtherRound { View: var now } when !json:
                return await again.ShowAsync(
                    context, now, sent, new FormAgain.Why(StatusCodes.Status409Conflict, "OtherRound") { IsNew = true, Before = unsent.Of(now, sent, knowsForm: true) });
            case Verdict.KeyReused { View: { State.IsPending: true } task } when !json:
                return await again.ShowAsync(context, task, sent, new FormAgain.Why(StatusCodes.Status422UnprocessableEntity, "SentBefore") { IsNew = true });
            case Verdict.KeyReused { View: var task }:
                await uploads.DiscardAsync(task.Id, sent.Fresh, cancellationToken);
                return (json ? LinkRefusal.KeyReused : LinkRefusal.UsedUp).Answer(context.Request);
            default:
                var late = LinkVerdicts.TaskOf(verdict);
                await uploads.DiscardAsync(late?.Id ?? "", late is null ? [] : sent.Fresh, cancellationToken);
                return LinkVerdicts.Refused(context, verdict);
        }
    }

    /// <summary>Sets the way back to the receipt, and deletes the draft.</summary>
    private async Task FinishAsync(HttpContext context, Verdict.Accepted accepted, Sent sent, CancellationToken cancellationToken)
    {
        var visit = Visit.Of(context);
        switch (visit.Only)
        {
            case TaskKind.HumanTask:
                sessions.LeaveReceipt(context, accepted.View, accepted.Response.Id);
                break;
            case TaskKind.HumanIntervention:
                ReceiptCookie.Set(context, accepted.Response.Id);
                break;
            default:
                break;
        }

        if (visit.HasDrafts)
        {
            await uploads.ReleaseAsync(accepted.View.Id, await drafts.DropAsync(context, accepted.View), cancellationToken);
        }
    }

    private async Task<IResult> TooLargeAsync(
        HttpContext context, TaskView task, Reading.TooLarge large, Verdict before, CancellationToken cancellationToken)
    {
        context.Response.Headers.Connection = "close"; // do not read the rest of the body
        if (!context.Request.WantsJson() && before is Verdict.Open && large.SoFar is { } sent)
        {
            var (rest, lost) = await IfOursAsync(context, task, sent);
            return await again.ShowAsync(context, task, rest, new FormAgain.Why(StatusCodes.Status413PayloadTooLarge, "TooMuch") { Problems = lost });
        }

        await uploads.DiscardAsync(task.Id, large.SoFar?.Fresh ?? [], cancellationToken);
        return LinkRefusal.TooLarge.Answer(
            context.Request, string.Create(CultureInfo.InvariantCulture, $"The limit is {large.Limit} bytes."));
    }

    private static string? Cut(string? reason) =>
        reason?.Length > JsonSubmission.MaxReasonLength ? reason[..JsonSubmission.MaxReasonLength] : reason;
}
