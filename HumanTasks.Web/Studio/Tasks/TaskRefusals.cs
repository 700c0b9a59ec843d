using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Texts;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The API's refusals about tasks, as texts of the Studio.</summary>
internal static class TaskRefusals
{
    /// <summary>Returns why a task was not changed.</summary>
    /// <param name="type">The type of the problem details.</param>
    /// <param name="detail">Their English detail, for a problem that no page can cause.</param>
    /// <param name="task">The task as it is now; null if it does not exist.</param>
    public static string Text(string? type, string? detail, HumanTask? task) => ApiProblem.SlugOf(type) switch
    {
        "task-is-over" when task is not null => WhyOver(task),
        "answer-under-review" => StudioTexts.Get("WhyUnderReview"),
        "task-claimed" => StudioTexts.Get("WhyClaimed"),
        "not-an-assignee" => StudioTexts.Get("WhyNotAssigned"),
        "same-person" => StudioTexts.Get("FourEyes"),
        "assignee-not-allowed" => StudioTexts.Get("WhyNotAllowed"),
        "task-has-no-assignee" => StudioTexts.Get("WhyNoAssignee"),
        "task-has-no-address" => StudioTexts.Get("WhyNoAddress"),
        "too-many-requests" => StudioTexts.Get("WhyTooManyReminders"),
        "too-many-comments" => StudioTexts.Get("WhyTooManyComments"),
        "not-found" => StudioTexts.Get("WhyNoTask"),
        _ => detail ?? StudioTexts.Get("NothingChanged"),
    };

    /// <summary>Returns how a task ended, and by whom.</summary>
    public static string WhyOver(HumanTask task)
    {
        if (task.State.Status == TaskStatus.Pending)
        {
            return task.Seat is { Answer: not null } seat ? StudioTexts.Get("SeatAnswered", seat.Assignee) : StudioTexts.Get("DeadlinePassed");
        }

        var status = StudioTexts.Status(Api.WireNames.Of(task.State.Status));
        var last = task.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected or TaskEventKind.Cancelled);
        return last?.By is { } who ? StudioTexts.Get("TaskClosedBy", status, who) : StudioTexts.Get("TaskClosed", status);
    }

    /// <summary>Returns why the typed text is not an assignee; null for a valid one.</summary>
    public static string? OfAssignee(string typed) =>
        Core.People.PersonAddress.Of(typed) is not null ? null
        : string.IsNullOrWhiteSpace(typed) ? StudioTexts.Get("EnterAssignee")
        : StudioTexts.Get("EnterOneAddress");
}
