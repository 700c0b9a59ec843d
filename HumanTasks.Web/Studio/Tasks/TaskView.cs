using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A task with all that its page shows.</summary>
public sealed record TaskView(
    HumanTask Task,
    IReadOnlyList<HumanResponse> Responses,
    IReadOnlyList<TaskEvent> Timeline,
    IReadOnlyList<Comment> Comments,
    string? Link,
    FormModel? Form)
{
    /// <summary>Changes whenever anything that the page shows does.</summary>
    public string State => FormattableString.Invariant(
        $"{Task.Id} {Task.Version} {Responses.Count} {Timeline.Count} {Comments.Count} {Task.State.Status}");

    /// <summary>Labels and values of an answer; null for what was asked and not given.</summary>
    public IReadOnlyList<(string Label, string? Value)> AnswersOf(HumanResponse response) =>
        Receipt.AnswersOf(Task, response);

    /// <summary>What happened, in words.</summary>
    public static string Words(TaskEvent happened) => StudioTexts.Get($"Event{happened.Kind}");
}
