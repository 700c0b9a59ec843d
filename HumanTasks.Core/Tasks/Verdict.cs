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

    /// <summary>The task doesn't exist in this environment.</summary>
    public sealed record Unknown : Verdict;

    /// <summary>The run has not reached the action yet.</summary>
    public sealed record NotReady : Verdict;

    /// <summary>The task has expired, its link was replaced, or its run is no longer available.</summary>
    public sealed record Expired(HumanTask? Task) : Verdict
    {
        /// <summary>Whether the task has a newer link.</summary>
        public bool IsReplaced { get; init; }

        /// <summary>Whether the link was replaced because the task was reassigned.</summary>
        public bool HandedOn { get; init; }

        /// <summary>Whether the run was cancelled before it reached the task.</summary>
        public bool IsCancelled { get; init; }
    }

    /// <summary>A response is under review by the agent before it is final.</summary>
    public sealed record UnderReview(HumanTask Task) : Verdict;

    /// <summary>The response was for an earlier round of the task.</summary>
    public sealed record OtherRound(HumanTask Task) : Verdict;

    /// <summary>The task was already used the maximum number of times.</summary>
    public sealed record UsedUp(HumanTask Task) : Verdict;

    /// <summary>Another candidate claimed the task.</summary>
    public sealed record Claimed(HumanTask Task, string By) : Verdict;

    /// <summary>The person is not, or not verifiably, one of those who may respond.</summary>
    public sealed record NotTheirs(HumanTask Task) : Verdict;

    /// <summary>The person decided an earlier step, so a second person must respond (four-eyes rule).</summary>
    public sealed record SamePerson(HumanTask Task) : Verdict;

    /// <summary>The task can't be delegated to that address or by that person.</summary>
    public sealed record NotAllowed(HumanTask Task, string Why) : Verdict;

    /// <summary>The task doesn't allow rejections.</summary>
    public sealed record RejectNotAllowed(HumanTask Task) : Verdict;

    /// <summary>The values are invalid; all their problems are listed.</summary>
    public sealed record InvalidInput(HumanTask Task, IReadOnlyList<InputProblem> Problems) : Verdict;

    /// <summary>The idempotency key was used before with other values.</summary>
    public sealed record KeyReused(HumanTask Task) : Verdict;
}
