using System.Text.Json;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// Keeps what a page sent for the page that refuses it, when the link expired or somebody else responded in the
/// meantime.
/// </summary>
internal sealed class UnsentReader(SubmissionReader reader, LinkTokens tokens)
{
    private static readonly Form None = Form.Read(
        JsonElement.Parse("""{ "fields": [{ "name": "none", "type": "display", "markdown": "-" }] }"""));

    /// <summary>Reads a submission that has not been read yet. Stores nothing.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="task">The task; null when it no longer exists.</param>
    /// <param name="knowsForm">Whether the sender may see the form with their link alone.</param>
    public async Task ReadAsync(HttpContext context, TaskView? task, bool knowsForm)
    {
        if (context.Request.WantsJson() || !context.Request.HasFormContentType || !HttpMethods.IsPost(context.Request.Method)
            || await reader.ReadUnsentAsync(context, task?.Id ?? "", task?.Question.Form() ?? None, context.RequestAborted) is not { } sent)
        {
            return;
        }

        RequestLanguage.GoOn(context, sent.Language);
        Keep(context, task, sent, knowsForm);
    }

    /// <summary>Keeps a submission that has already been read.</summary>
    public void Keep(HttpContext context, TaskView? task, Sent sent, bool knowsForm) =>
        Unsent.Keep(context, () => Of(task, sent, knowsForm));

    /// <summary>Returns what was typed, with the labels of its round.</summary>
    public IReadOnlyList<UnsentAnswer> Of(TaskView? task, Sent sent, bool knowsForm) => UnsentAnswers.Of(
        task is not null && (knowsForm || PageMark.Is(tokens, task, sent.Round, sent.ShownMark)) ? task.Question.FormOf(sent.Round, Languages.Current) : null, sent);
}
