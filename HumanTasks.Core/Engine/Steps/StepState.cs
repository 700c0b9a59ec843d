namespace HumanTasks.Core.Engine.Steps;

/// <summary>The state of one action in a run.</summary>
public enum StepState
{
    /// <summary>The run can still reach it.</summary>
    Coming,

    /// <summary>The run took another branch.</summary>
    Skipped,

    /// <summary>The run ended before it.</summary>
    NotReached,

    Running,

    /// <summary>An attempt failed, and another one is planned.</summary>
    Retrying,

    /// <summary>People still have to respond.</summary>
    Waiting,

    Done,
    Rejected,
    Cancelled,
    Expired,
    Failed,
}
