using System.Reflection;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>A store in which something happens right after the answers to a run were read. Open, as its proxy derives from it.</summary>
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
        return answer is Task<IReadOnlyList<HumanResponse>> responses && targetMethod.Name == nameof(IRunStore.UnconsumedResponsesAsync)
            ? ThenAsync(responses)
            : answer;
    }

    private async Task<IReadOnlyList<HumanResponse>> ThenAsync(Task<IReadOnlyList<HumanResponse>> responses)
    {
        var read = await responses;
        await happens();
        return read;
    }
}
