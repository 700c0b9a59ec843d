using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>One atomic change of what belongs to a run: a turn with everything that it changes, or a task alone.</summary>
public abstract record Commit
{
    private protected Commit()
    {
    }

    /// <summary>
    /// A response that is accepted in this write; its task is among the changed ones. Null for none.
    /// </summary>
    public HumanResponse? Accepted { get; init; }
}
