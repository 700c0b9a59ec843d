using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Receipts;

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
    public static string Words(TaskEvent happened) => happened.Kind switch
    {
        TaskEventKind.Created => "Made",
        TaskEventKind.Answered => "Answered",
        TaskEventKind.Rejected => "Declined",
        TaskEventKind.Cancelled => "Cancelled",
        TaskEventKind.Expired => "Expired",
        TaskEventKind.Completed => "Completed",
        TaskEventKind.LinkReissued => "Link issued again, older ones are dead",
        TaskEventKind.Mailed => "Link mailed",
        TaskEventKind.MailFailed => "Mail could not be sent",
        TaskEventKind.Reassigned => "Handed over",
        TaskEventKind.Reminded => "Reminded",
        TaskEventKind.Reopened => "Opened again by a fresh link",
        TaskEventKind.FetchedByMachine => "Link fetched by a machine",
        TaskEventKind.Opened => "Link opened by a person",
        TaskEventKind.CodeSent => "Code mailed",
        TaskEventKind.WrongCode => "Wrong code typed",
        TaskEventKind.Verified => "Right code typed",
        TaskEventKind.DraftSaved => "Draft kept",
        TaskEventKind.FollowUp => "One more question",
        TaskEventKind.Closed => "Closed by the agent",
        TaskEventKind.Claimed => "Taken",
        TaskEventKind.Released => "Given back",
        TaskEventKind.Delegated => "Passed on",
        TaskEventKind.Escalated => "Escalated: overdue",
        TaskEventKind.Defaulted => "Nobody answered: silence counts",
        TaskEventKind.MailWithdrawn => "Email no longer needed",
        TaskEventKind.Posted => "Announced in a channel",
        _ => happened.Kind.ToString(),
    };
}
