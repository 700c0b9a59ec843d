using System.Reflection;
using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Runs;

/// <summary>
/// A store in which something happens right after a turn has read what it looks at, or right before a turn is committed. Open, as
/// its proxy derives from it.
/// </summary>
public class Between : DispatchProxy
{
    private IRunStore store = null!;
    private Func<Task> afterRead = () => Task.CompletedTask;
    private Action beforeCommit = () => { };

    public static IRunStore Reads(IRunStore store, Func<Task> happens) => Of(store, between => between.afterRead = happens);

    public static IRunStore Commits(IRunStore store, Action happens) => Of(store, between => between.beforeCommit = happens);

    private static IRunStore Of(IRunStore store, Action<Between> set)
    {
        var proxy = Create<IRunStore, Between>();
        ((Between)(object)proxy).store = store;
        set((Between)(object)proxy);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IRunStore.CommitAsync) && args![0] is TurnCommit)
        {
            beforeCommit();
        }

        var answer = targetMethod.Invoke(store, args);
        return answer is Task<RunStanding?> standing ? ThenAsync(standing) : answer;
    }

    private async Task<RunStanding?> ThenAsync(Task<RunStanding?> standing)
    {
        var read = await standing;
        await afterRead();
        return read;
    }
}
