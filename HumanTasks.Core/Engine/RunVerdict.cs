using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>The result of an attempt to change a run.</summary>
public abstract record RunVerdict
{
    private RunVerdict()
    {
    }

    public sealed record Done(Run Run) : RunVerdict;

    public sealed record Unknown : RunVerdict;

    public sealed record Over(Run Run) : RunVerdict;

    public sealed record NotFailed(Run Run) : RunVerdict;
}
