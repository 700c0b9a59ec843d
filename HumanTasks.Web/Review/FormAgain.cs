using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Shows the page of a form again, with everything that was typed and every valid file.</summary>
internal sealed class FormAgain(FormModels models, SentCheck check, LimitOptions limits)
{
    /// <param name="context">The request's context.</param>
    /// <param name="task">The task.</param>
    /// <param name="sent">What was typed.</param>
    /// <param name="why">What the page says about it.</param>
    public async Task<IResult> ShowAsync(HttpContext context, TaskView task, Sent sent, Why why)
    {
        var form = task.Question.Form();
        var words = why.Notice is not { } notice ? null : new Notice(ReviewTexts.Get(notice), ReviewTexts.Get(
            $"{notice}Text", Isolates.Around(ByteSize.Of(limits.MaxSubmissionBytes))));
        var model = models.Of(
            context, task, sent with { Files = check.GoodFilesOf(form, sent) }, why.Problems, words, why.IsNew ? null : sent.Key, why.Page ?? PageOf(form, why.Problems, sent.Page)) with
        {
            Unsent = why.Before,
        };
        return Visit.Of(context).Render?.Invoke(model, why.Status)
            ?? ReviewAnswers.Page(await models.AsPageAsync(model, task, context.RequestAborted), why.Status);
    }

    /// <summary>Returns the first page with a problem; without problems the page that was shown.</summary>
    public static int PageOf(Form form, IReadOnlyList<InputProblem> problems, int shown)
    {
        for (var i = 0; i < form.Pages.Count; i++)
        {
            if (problems.Any(problem => form.Pages[i].Fields.Contains(SentCheck.FieldOf(problem), StringComparer.Ordinal)))
            {
                return i;
            }
        }

        return Math.Min(shown, form.Pages.Count);
    }

    /// <summary>Why a page is shown again.</summary>
    /// <param name="Status">Of the response.</param>
    /// <param name="Notice">The name of the text that says what happened; null without one.</param>
    internal sealed record Why(int Status, string? Notice = null)
    {
        public IReadOnlyList<InputProblem> Problems { get; init; } = [];

        /// <summary>The page of the form to show; null for the one with the first problem.</summary>
        public int? Page { get; init; }

        /// <summary>What was typed into an earlier form and is not in this one.</summary>
        public IReadOnlyList<UnsentAnswer> Before { get; init; } = [];

        /// <summary>Whether what is sent from this page is another submission than the one before.</summary>
        public bool IsNew { get; init; }
    }
}
