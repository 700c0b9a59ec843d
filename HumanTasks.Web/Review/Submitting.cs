using System.Globalization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Isolated;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Handles a submission from its bytes to its response, for programs and for people.</summary>
internal sealed class Submitting(
    TaskOperations operations,
    SubmissionReader reader,
    UnsentReader unsent,
    Uploads uploads,
    FormModels models,
    IAntiforgery antiforgery,
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
        if (!json && !await antiforgery.IsOursAsync(context))
        {
            var (rest, lost) = await WithoutFreshAsync(task, sent, cancellationToken);
            return before is Verdict.Open
                ? await AgainAsync(context, task, rest, lost, StatusCodes.Status400BadRequest, "NotOurs", sent.Key)
                : LinkVerdicts.Refused(context, before);
        }

        var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault() ?? sent.Key;
        if (key is { Length: > MaxKeyLength })
        {
            return LinkRefusal.Malformed.Answer(context.Request, "The idempotency key must have at most 200 characters.");
        }

        if (sent.IsAStep && !json && before is Verdict.Open)
        {
            return await StepAsync(context, task, sent);
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
            { UploadProblems.Count: > 0 } when before is Verdict.Open && AllProblems(task, sent) is { Length: > 0 } problems =>
                new Verdict.InvalidInput(task, problems),
            _ => await operations.AcceptAsync(task, sent.Values, submission, cancellationToken),
        };

    /// <summary>
    /// Returns the page with a row added or removed, or another page of the form. Going forward requires valid answers.
    /// </summary>
    private async Task<IResult> StepAsync(HttpContext context, TaskView task, Sent sent)
    {
        var form = task.Question.Form();
        if (sent.Rows is { } wish)
        {
            return await AgainAsync(
                context, task, sent with { Typed = TypedRows.Changed(form, sent.Typed, wish) }, [], StatusCodes.Status200OK, null, sent.Key, sent.Page);
        }

        var visible = Visibility.Of(form, sent.Values);
        if (sent.Go == "next" && sent.Page < form.Pages.Count)
        {
            var here = form.Pages[sent.Page].Fields;
            InputProblem[] problems = [.. AllProblems(task, sent).Where(problem => here.Contains(problem.Field.Split('.')[0], StringComparer.Ordinal))];
            if (problems.Length > 0)
            {
                return await AgainAsync(context, task, sent, problems, StatusCodes.Status422UnprocessableEntity, null, sent.Key, sent.Page);
            }
        }

        var page = sent.Go switch
        {
            "next" => Step(form, visible, sent.Page, 1),
            "back" => Step(form, visible, sent.Page, -1),
            var number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, form.Pages.Count) : 0,
        };
        if (Visit.Of(context).HasDrafts)
        {
            await drafts.SaveAsync(context, task, sent);
            Drafts.Drafts.Mark(context, task);
        }

        return await AgainAsync(context, task, sent, [], StatusCodes.Status200OK, null, sent.Key, page);
    }

    /// <summary>Returns the next page in a direction that has visible fields.</summary>
    private static int Step(Form form, IReadOnlySet<string> visible, int page, int by)
    {
        do
        {
            page += by;
        }
        while (page > 0 && page < form.Pages.Count && !form.Pages[page].Fields.Any(visible.Contains));
        return Math.Clamp(page, 0, form.Pages.Count);
    }

    /// <summary>Returns the first page with a problem; without problems the page that was shown.</summary>
    private static int PageOf(Form form, IReadOnlyList<InputProblem> problems, int shown)
    {
        for (var i = 0; i < form.Pages.Count; i++)
        {
            if (problems.Any(problem => form.Pages[i].Fields.Contains(problem.Field.Split('.')[0], StringComparer.Ordinal)))
            {
                return i;
            }
        }

        return Math.Min(shown, form.Pages.Count);
    }

    /// <summary>Returns the page again when nothing could be stored, with everything that was typed.</summary>
    private async Task<IResult> NoStorageAsync(
        HttpContext context, TaskView task, Sent sent)
    {
        context.Response.Headers.RetryAfter = ApiProblem.RetryStorageAfterSeconds;
        var (rest, lost) = await IfOursAsync(context, task, sent);
        return await AgainAsync(context, task, rest, lost, StatusCodes.Status503ServiceUnavailable, "NoStorage", sent.Key);
    }

    private async Task<(Sent Left, IReadOnlyList<InputProblem> Lost)> IfOursAsync(HttpContext context, TaskView task, Sent sent) =>
        await antiforgery.IsOursAsync(context) ? (sent, []) : await WithoutFreshAsync(task, sent, context.RequestAborted);

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
                sent = sent with { Files = GoodOf(invalid.View.Question.Form(), sent) };
                bad.ExceptWith(sent.Files.SelectMany(files => files.Value));
                await uploads.DiscardAsync(invalid.View.Id, bad.Intersect(sent.Fresh), cancellationToken);
                if (Visit.Of(context).HasDrafts)
                {
                    await drafts.SaveAsync(context, invalid.View, sent);
                    Drafts.Drafts.Mark(context, invalid.View);
                }

                return await AgainAsync(context, invalid.View, sent, invalid.Problems, StatusCodes.Status422UnprocessableEntity, null, sent.Key);
            case Verdict.OtherRound { View: var now } when !json:
                return await AgainAsync(
                    context, now, sent, [], StatusCodes.Status409Conflict, "OtherRound", null, before: unsent.Of(now, sent, knowsForm: true));
            case Verdict.KeyReused { View: { State.IsPending: true } task } when !json:
                return await AgainAsync(context, task, sent, [], StatusCodes.Status422UnprocessableEntity, "SentBefore", null);
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
            return await AgainAsync(context, task, rest, lost, StatusCodes.Status413PayloadTooLarge, "TooMuch", sent.Key);
        }

        await uploads.DiscardAsync(task.Id, large.SoFar?.Fresh ?? [], cancellationToken);
        return LinkRefusal.TooLarge.Answer(
            context.Request, string.Create(CultureInfo.InvariantCulture, $"The limit is {large.Limit} bytes."));
    }

    /// <summary>Returns the page again, with everything that was typed and every valid file.</summary>
    private async Task<IResult> AgainAsync(
        HttpContext context,
        TaskView task,
        Sent sent,
        IReadOnlyList<InputProblem> problems,
        int status,
        string? notice,
        string? key,
        int? page = null,
        IReadOnlyList<UnsentAnswer>? before = null)
    {
        var form = task.Question.Form();
        var words = notice is null ? null : new Notice(ReviewTexts.Get(notice), ReviewTexts.Get(
            $"{notice}Text", Isolates.Around(ByteSize.Of(limits.MaxSubmissionBytes))));
        var model = models.Of(
            context, task, sent with { Files = GoodOf(form, sent) }, problems, words, key, page ?? PageOf(form, problems, sent.Page)) with
        {
            Unsent = before ?? [],
        };
        return Visit.Of(context).Render?.Invoke(model, status)
            ?? ReviewAnswers.Page(await models.AsPageAsync(model, task, context.RequestAborted), status);
    }

    private Dictionary<string, IReadOnlyList<FileValue>> GoodOf(Form form, Sent sent) => sent.Files
        .Where(files => form.Find(files.Key) is Field.File)
        .Select(files => KeyValuePair.Create(files.Key, Good((Field.File)form.Find(files.Key)!, files.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private IReadOnlyList<FileValue> Good(Field.File field, IReadOnlyList<FileValue> files)
    {
        var limit = Math.Min(field.MaxBytes ?? limits.MaxUploadBytes, limits.MaxUploadBytes);
        return [.. files.Where(file => file.Size <= limit && file.IsAcceptedBy(field))];
    }

    /// <summary>Returns the problems of uploaded files and of everything else.</summary>
    private InputProblem[] AllProblems(TaskView task, Sent sent)
    {
        var form = task.Question.Form();
        var visible = Visibility.Of(form, sent.Values);
        var ofFiles = sent.UploadProblems
            .Where(problem => form.Find(problem.Field) is null || visible.Contains(problem.Field))
            .ToArray();
        var others = FormInput.Check(form, sent.Values, limits.MaxUploadBytes) is FormInput.Invalid invalid
            ? invalid.Problems.Where(problem => ofFiles.All(other => other.Field != problem.Field))
            : [];
        var order = form.Fields.Select(field => field.Name).ToList();
        return [.. ofFiles.Concat(others).OrderBy(problem => order.IndexOf(problem.Field.Split('.')[0]))];
    }

    private static string? Cut(string? reason) =>
        reason?.Length > JsonSubmission.MaxReasonLength ? reason[..JsonSubmission.MaxReasonLength] : reason;
}
