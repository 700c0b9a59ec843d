using System.Globalization;
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

/// <summary>Keeps what a page sent in vain for the page that refuses it: the link expired, or somebody was quicker, while it was typed.</summary>
internal sealed class UnsentReader(SubmissionReader reader, LinkTokens tokens)
{
    private const string Purpose = "form shown";

    private static readonly Form None = Form.Read(
        JsonElement.Parse("""{ "fields": [{ "name": "none", "type": "display", "markdown": "-" }] }"""));

    /// <summary>The mark of a form on a page of ours.</summary>
    public static string MarkOf(LinkTokens tokens, HumanTask task) => tokens.Mark(Purpose, TextOf(task, task.CurrentRound.Number));

    /// <summary>Reads what a page sent and nobody has read. Nothing of it is stored.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="task">That was to be answered; null where there is none any more.</param>
    /// <param name="knowsForm">Whether its sender may see the form by their link alone.</param>
    public async Task ReadAsync(HttpContext context, HumanTask? task, bool knowsForm)
    {
        if (context.Request.WantsJson() || !context.Request.HasFormContentType || !HttpMethods.IsPost(context.Request.Method)
            || await reader.ReadUnsentAsync(context, task?.Id ?? "", task?.Form() ?? None, context.RequestAborted) is not { } sent)
        {
            return;
        }

        RequestLanguage.GoOn(context, sent.Language);
        Keep(context, task, sent, knowsForm);
    }

    /// <summary>The same of what was read.</summary>
    public void Keep(HttpContext context, HumanTask? task, Sent sent, bool knowsForm) =>
        Unsent.Keep(context, () => Of(task, sent, knowsForm));

    /// <summary>What was typed, by the labels of the round in which it was.</summary>
    public IReadOnlyList<UnsentAnswer> Of(HumanTask? task, Sent sent, bool knowsForm) => UnsentAnswers.Of(
        task is not null && (knowsForm || IsShown(task, sent)) ? task.FormOf(sent.Round, Languages.Current) : null, sent);

    private bool IsShown(HumanTask task, Sent sent) =>
        sent is { Round: { } round, ShownMark: { } mark } && tokens.IsMark(Purpose, TextOf(task, round), mark);

    private static string TextOf(HumanTask task, int round) => string.Create(CultureInfo.InvariantCulture, $"{task.Id} {round}");
}
