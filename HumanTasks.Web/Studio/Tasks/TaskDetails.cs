using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A task with everything that its page shows.</summary>
public sealed record TaskDetails(
    HumanTask Task,
    IReadOnlyList<HumanResponse> Responses,
    IReadOnlyList<TaskEvent> Timeline,
    IReadOnlyList<Comment> Comments,
    string? Link,
    FormModel? Form)
{
    /// <summary>A text that changes whenever anything on the page does.</summary>
    public string State => FormattableString.Invariant(
        $"{Task.Id} {Task.History.Version} {Responses.Count} {Timeline.Count} {Comments.Count} {Task.State.Status}");

    /// <summary>Returns the answers of a response, in the order of the form.</summary>
    public IReadOnlyList<GivenAnswer> AnswersOf(HumanResponse response) =>
        Receipt.AnswersOf(Task.Question, response);

    /// <summary>Returns an event of the timeline as text.</summary>
    public static string Words(TaskEvent happened) => StudioTexts.Get($"Event{happened.Kind}");

    /// <summary>Returns whether the detail of an event is an English text of a program, such as a mail server's error.</summary>
    public static bool IsFromPrograms(TaskEvent happened) => happened.Kind is TaskEventKind.MailFailed or TaskEventKind.MailWithdrawn;

    /// <summary>Returns the detail of an event; how a response arrived is stored in English and shown in the page's language.</summary>
    public static string Detail(TaskEventKind kind, string detail) => kind is TaskEventKind.Answered or TaskEventKind.Rejected
        ? detail == Claims.Session ? StudioTexts.Get("ViaSignIn") : Actors.Named(detail)
        : detail;
}
