using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Tasks;

/// <summary>What became of an attempt to see, answer or change a human task.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The task may be answered now.</summary>
    public sealed record Open(HumanTask Task) : Verdict;

    /// <param name="Task">As it is after the answer.</param>
    /// <param name="Response">The answer, or the first one when the submission was a repetition.</param>
    /// <param name="Repeated">True when the same submission had been accepted before.</param>
    public sealed record Accepted(HumanTask Task, HumanResponse Response, bool Repeated) : Verdict;

    /// <summary>A change that has no answer of its own (cancelled, link issued again).</summary>
    public sealed record Done(HumanTask Task) : Verdict;

    /// <summary>Not ours, or not of this environment.</summary>
    public sealed record Unknown : Verdict;

    /// <summary>The run has not reached the action yet.</summary>
    public sealed record NotReady : Verdict;

    /// <summary>Its time is over, its link was replaced, or its run is no longer available.</summary>
    public sealed record Expired(HumanTask? Task) : Verdict
    {
        /// <summary>Whether a newer link of the task is there.</summary>
        public bool IsReplaced { get; init; }

        /// <summary>Whether the link was replaced because somebody else is asked now.</summary>
        public bool HandedOn { get; init; }

        /// <summary>Whether the run was cancelled before it asked.</summary>
        public bool IsCancelled { get; init; }
    }

    /// <summary>Answered, and whoever asked looks at the answer before it is final.</summary>
    public sealed record UnderReview(HumanTask Task) : Verdict;

    /// <summary>Sent for an earlier round of the task than the one that is open.</summary>
    public sealed record OtherRound(HumanTask Task) : Verdict;

    /// <summary>Answered as often as it may be.</summary>
    public sealed record UsedUp(HumanTask Task) : Verdict;

    /// <summary>Another candidate has it.</summary>
    public sealed record Claimed(HumanTask Task, string By) : Verdict;

    /// <summary>Several are asked, or some may not answer, and it is not known that it is one of those who may.</summary>
    public sealed record NotTheirs(HumanTask Task) : Verdict;

    /// <summary>Whoever it is decided something before that another person has to look at (four eyes).</summary>
    public sealed record SamePerson(HumanTask Task) : Verdict;

    /// <summary>It cannot be handed to that address, or by that person.</summary>
    public sealed record NotAllowed(HumanTask Task, string Why) : Verdict;

    /// <summary>The action that asks does not let anybody decline.</summary>
    public sealed record RejectNotAllowed(HumanTask Task) : Verdict;

    /// <summary>Everything that is wrong with the values.</summary>
    public sealed record InvalidInput(HumanTask Task, IReadOnlyList<InputProblem> Problems) : Verdict;

    /// <summary>The submission key was used before with other values.</summary>
    public sealed record KeyReused(HumanTask Task) : Verdict;
}
