using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>What a command comes to.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing is written.</summary>
    /// <param name="Why">What the caller is told; also that there was nothing to do.</param>
    public sealed record Refuse(Verdict Why) : Decision
    {
        /// <summary>Whether a repeated submission is told of the first one instead.</summary>
        public bool MayRepeat { get; init; } = true;
    }

    /// <summary>The run, the task and a line of the log change in one commit.</summary>
    /// <param name="Commit">What is written.</param>
    /// <param name="Outcome">What the caller is told when it is written.</param>
    /// <param name="Wakes">Whether the run wants a turn at once.</param>
    public sealed record Write(TurnCommit Commit, Verdict Outcome, bool Wakes) : Decision;

    /// <summary>The task is closed without a response; the run's turn is written with it.</summary>
    public sealed record Close(HumanTask Task) : Decision;

    /// <summary>A response is accepted once its receipt is signed; the run's turn is written with it.</summary>
    /// <param name="Response">The response, without its receipt.</param>
    /// <param name="Seen">The task as its responder saw it.</param>
    /// <param name="Task">The task after the response.</param>
    public sealed record Accept(HumanResponse Response, TaskView Seen, HumanTask Task) : Decision;
}
