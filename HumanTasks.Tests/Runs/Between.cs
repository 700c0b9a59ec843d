using System.Reflection;
using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Runs;

/// <summary>A store in which something happens right after a turn has read what it looks at. Open, as its proxy derives from it.</summary>
public class Between : DispatchProxy
{
    private IRunStore store = null!;
    private Func<Task> happens = null!;

    public static IRunStore Reads(IRunStore store, Func<Task> happens)
    {
        var proxy = Create<IRunStore, Between>();
        ((Between)(object)proxy).store = store;
        ((Between)(object)proxy).happens = happens;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(store, args);
        return answer is Task<RunStanding?> standing ? ThenAsync(standing) : answer;
    }

    private async Task<RunStanding?> ThenAsync(Task<RunStanding?> standing)
    {
        var read = await standing;
        await happens();
        return read;
    }
}
