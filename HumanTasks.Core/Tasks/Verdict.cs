using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Tasks;

/// <summary>The result of an attempt to view, answer or change a human task.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The task is open for a response.</summary>
    public sealed record Open(HumanTask Task) : Verdict;

    /// <param name="Task">The task after the response.</param>
    /// <param name="Response">The response, or the first one if the submission was repeated.</param>
    /// <param name="Repeated">Whether the same submission was accepted before.</param>
    public sealed record Accepted(HumanTask Task, HumanResponse Response, bool Repeated) : Verdict;

    /// <summary>A change without a response was made (such as a cancellation or a new link).</summary>
    public sealed record Done(HumanTask Task) : Verdict;

    /// <summary>A refusal: nothing was shown or changed.</summary>
    /// <param name="About">The task; null if there is none that may be named.</param>
    public abstract record Refused(HumanTask? About) : Verdict;

    /// <summary>The task doesn't exist in this environment.</summary>
    public sealed record Unknown() : Refused(About: null);

    /// <summary>The run has not reached the action yet.</summary>
    public sealed record NotReady() : Refused(About: null);

    /// <summary>The task has expired, its link was replaced, or its run is no longer available.</summary>
    public sealed record Expired(HumanTask? Task) : Refused(Task)
    {
        /// <summary>Whether the task has a newer link.</summary>
        public bool IsReplaced { get; init; }

        /// <summary>Whether the link was replaced because the task was reassigned.</summary>
        public bool HandedOn { get; init; }

        /// <summary>Whether the run was cancelled before it reached the task.</summary>
        public bool IsCancelled { get; init; }
    }

    /// <summary>A response is under review by the agent before it is final.</summary>
    public sealed record UnderReview(HumanTask Task) : Refused(Task);

    /// <summary>The response was for an earlier round of the task.</summary>
    public sealed record OtherRound(HumanTask Task) : Refused(Task);

    /// <summary>The task was already used the maximum number of times.</summary>
    public sealed record UsedUp(HumanTask Task) : Refused(Task);

    /// <summary>Another candidate claimed the task.</summary>
    public sealed record Claimed(HumanTask Task, string By) : Refused(Task);

    /// <summary>The person is not, or not verifiably, one of those who may respond.</summary>
    public sealed record NotTheirs(HumanTask Task) : Refused(Task);

    /// <summary>The person decided an earlier step, so a second person must respond (four-eyes rule).</summary>
    public sealed record SamePerson(HumanTask Task) : Refused(Task);

    /// <summary>The task can't be delegated to that address or by that person.</summary>
    public sealed record NotAllowed(HumanTask Task, string Why) : Refused(Task);

    /// <summary>The task doesn't allow rejections.</summary>
    public sealed record RejectNotAllowed(HumanTask Task) : Refused(Task);

    /// <summary>The values are invalid; all their problems are listed.</summary>
    public sealed record InvalidInput(HumanTask Task, IReadOnlyList<InputProblem> Problems) : Refused(Task);

    /// <summary>The idempotency key was used before with other values.</summary>
    public sealed record KeyReused(HumanTask Task) : Refused(Task);

    /// <summary>Anyone with the link can respond, so the task has no assignee.</summary>
    public sealed record NoAssignee(HumanTask Task) : Refused(Task);

    /// <summary>None of the assignees has an email address.</summary>
    public sealed record NoAddress(HumanTask Task) : Refused(Task);

    /// <summary>The task takes no more comments.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Limit">The number of comments that a task takes.</param>
    public sealed record TooManyComments(HumanTask Task, int Limit) : Refused(Task);

    /// <summary>The task's reminders of the last hour are used up.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="After">The time until the next reminder is possible.</param>
    public sealed record TooManyReminders(HumanTask Task, TimeSpan After) : Refused(Task);
}
