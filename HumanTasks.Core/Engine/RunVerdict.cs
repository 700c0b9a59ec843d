using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>What became of an attempt to start a run.</summary>
public abstract record StartVerdict
{
    private StartVerdict()
    {
    }

    /// <param name="Run">As it stands after its first turn.</param>
    /// <param name="Task">The task that it begins with, if it begins with one.</param>
    public sealed record Started(Run Run, HumanTask? Task) : StartVerdict;

    public sealed record AllowanceExhausted(RunEnvironment Environment) : StartVerdict;

    /// <summary>The run would fail at once.</summary>
    public sealed record Invalid(string Message) : StartVerdict
    {
        /// <summary>Where in the request, as a JSON pointer.</summary>
        public string Pointer { get; init; } = "";
    }
}

/// <summary>What became of an attempt to change a run.</summary>
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
