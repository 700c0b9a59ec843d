namespace HumanTasks.Core.Runs;

/// <summary>Why a turn is taken. A signal only wakes the run; the turn reads what happened from the store.</summary>
public enum Signal
{
    Started,
    Continue,
    HumanResponse,
    DeadlinePassed,
    Cancelled,
    Retry,

    /// <summary>All attempts at the turn failed, so the run fails visibly.</summary>
    GivenUp,
}
