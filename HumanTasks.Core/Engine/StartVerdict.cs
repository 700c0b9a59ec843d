using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>The result of an attempt to start a run.</summary>
public abstract record StartVerdict
{
    private StartVerdict()
    {
    }

    /// <param name="Run">The run after its first turn.</param>
    /// <param name="Task">The task that it starts with; null for none.</param>
    public sealed record Started(Run Run, HumanTask? Task) : StartVerdict;

    public sealed record AllowanceExhausted(RunEnvironment Environment) : StartVerdict;

    /// <summary>The run would fail immediately.</summary>
    public sealed record Invalid(string Message) : StartVerdict
    {
        /// <summary>The place in the request, as a JSON pointer.</summary>
        public string Pointer { get; init; } = "";
    }
}
