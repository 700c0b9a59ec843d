using System.Collections.Concurrent;

namespace HumanTasks.Tests.Crash;

/// <summary>What clients sent and what they were told, from first to last.</summary>
internal sealed class Ledger
{
    private int numbers;

    public ConcurrentQueue<Case> Cases { get; } = new();

    public Case Open(Random chance)
    {
        var number = Interlocked.Increment(ref numbers);
        var opened = new Case(
            number,
            $"crash-{number}",
            (CaseKind)chance.Next(3),
            CreateKey: chance.Next(2) == 0 ? $"create-{number}" : null,
            SubmitKey: chance.Next(3) > 0 ? $"submit-{number}" : null,
            SubmitsTwice: chance.Next(4) == 0);
        Cases.Enqueue(opened);
        return opened;
    }
}
