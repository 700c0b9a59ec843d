using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Tasks;

/// <summary>The result of an attempt to view, answer or change a human task.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The task is open for a response.</summary>
    public sealed record Open(TaskView View) : Verdict;

    /// <param name="View">The task after the response, as its responder sees it.</param>
    /// <param name="Response">The response, or the first one if the submission was repeated.</param>
    /// <param name="Repeated">Whether the same submission was accepted before.</param>
    public sealed record Accepted(TaskView View, HumanResponse Response, bool Repeated) : Verdict;

    /// <summary>A change without a response was made (such as a cancellation or a new link).</summary>
    public sealed record Done(HumanTask Task) : Verdict;

    /// <summary>A refusal: nothing was shown or changed.</summary>
    /// <param name="About">The task; null if there is none that may be named.</param>
    public abstract record Refused(TaskView? About) : Verdict;

    /// <summary>The task doesn't exist in this environment.</summary>
    public sealed record Unknown() : Refused(About: null);

    /// <summary>The run has not reached the action yet.</summary>
    public sealed record NotReady() : Refused(About: null);

    /// <summary>The task has expired, its link was replaced, or its run is no longer available.</summary>
    public sealed record Expired(TaskView? View) : Refused(View)
    {
        /// <summary>Whether the task has a newer link.</summary>
        public bool IsReplaced { get; init; }

        /// <summary>Whether the link was replaced because the task was reassigned.</summary>
        public bool HandedOn { get; init; }

        /// <summary>Whether the run was cancelled before it reached the task.</summary>
        public bool IsCancelled { get; init; }
    }

    /// <summary>A response is under review by the agent before it is final.</summary>
    public sealed record UnderReview(TaskView View) : Refused(View);

    /// <summary>The response was for an earlier round of the task.</summary>
    public sealed record OtherRound(TaskView View) : Refused(View);

    /// <summary>The task was already used the maximum number of times.</summary>
    public sealed record UsedUp(TaskView View) : Refused(View);

    /// <summary>Another candidate claimed the task.</summary>
    public sealed record Claimed(TaskView View, string By) : Refused(View);

    /// <summary>The person is not, or not verifiably, one of those who may respond.</summary>
    public sealed record NotTheirs(TaskView View) : Refused(View);

    /// <summary>The person decided an earlier step, so a second person must respond (four-eyes rule).</summary>
    public sealed record SamePerson(TaskView View) : Refused(View);

    /// <summary>The task can't be delegated to that address or by that person.</summary>
    public sealed record NotAllowed(TaskView View, string Why) : Refused(View);

    /// <summary>The task doesn't allow rejections.</summary>
    public sealed record RejectNotAllowed(TaskView View) : Refused(View);

    /// <summary>The values are invalid; all their problems are listed.</summary>
    public sealed record InvalidInput(TaskView View, IReadOnlyList<InputProblem> Problems) : Refused(View);

    /// <summary>The idempotency key was used before with other values.</summary>
    public sealed record KeyReused(TaskView View) : Refused(View);

    /// <summary>Anyone with the link can respond, so the task has no assignee.</summary>
    public sealed record NoAssignee(TaskView View) : Refused(View);

    /// <summary>None of the assignees has an email address.</summary>
    public sealed record NoAddress(TaskView View) : Refused(View);

    /// <summary>The task takes no more comments.</summary>
    /// <param name="View">The task.</param>
    /// <param name="Limit">The number of comments that a task takes.</param>
    public sealed record TooManyComments(TaskView View, int Limit) : Refused(View);

    /// <summary>The task's reminders of the last hour are used up.</summary>
    /// <param name="View">The task.</param>
    /// <param name="After">The time until the next reminder is possible.</param>
    public sealed record TooManyReminders(TaskView View, TimeSpan After) : Refused(View);
}
