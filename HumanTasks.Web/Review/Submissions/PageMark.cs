using System.Globalization;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>The proof that one of our pages showed a form of a task; nobody can make it who has not opened the page.</summary>
internal static class PageMark
{
    private const string Purpose = "form shown";

    /// <summary>Returns the mark of the current form.</summary>
    public static string Of(LinkTokens tokens, TaskView task) => tokens.Mark(Purpose, TextOf(task, task.Question.CurrentRound.Number));

    /// <summary>Returns whether a mark is that of the form of a round.</summary>
    public static bool Is(LinkTokens tokens, TaskView task, int? round, string? mark) =>
        round is { } number && mark is not null && tokens.IsMark(Purpose, TextOf(task, number), mark);

    private static string TextOf(TaskView task, int round) => string.Create(CultureInfo.InvariantCulture, $"{task.Id} {round}");
}
