using HumanTasks.Core;
using HumanTasks.Core.Runs;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Turns;

public sealed partial class TheRunLoop
{
    [Fact]
    public async Task A_watch_ends_with_the_next_change()
    {
        var run = await PausedAsync();
        using var watch = loop.Watch(run.Id);
        var wait = watch.WaitAsync(TimeSpan.FromSeconds(30), None);
        await PausedAsync();
        Assert.False(wait.IsCompleted);

        await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Completed(null)), None);
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_change_between_opening_a_watch_and_waiting_is_not_missed()
    {
        var run = await PausedAsync();
        using var watch = loop.Watch(run.Id);
        await stores.Runs.CommitAsync(Sample.Turn(run, run.State), None);

        await watch.WaitAsync(TimeSpan.FromSeconds(30), None).WaitAsync(Patience);

        Assert.False(watch.WaitAsync(TimeSpan.FromSeconds(30), None).IsCompleted);
    }

    [Fact]
    public async Task A_watch_ends_when_its_time_is_over()
    {
        using var watch = loop.Watch(Ids.New(Sample.Start));
        using var other = loop.Watch(Ids.New(Sample.Start));
        var wait = watch.WaitAsync(TimeSpan.FromSeconds(30), None);

        time.Advance(TimeSpan.FromSeconds(30));

        await wait.WaitAsync(Patience);
    }
}
