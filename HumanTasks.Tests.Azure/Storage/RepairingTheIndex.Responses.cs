using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Functions.Storage;

public sealed partial class RepairingTheIndex
{
    [Fact]
    public async Task A_response_whose_write_was_cut_off_is_found_by_the_sweeper()
    {
        var (run, task) = await PausedAsync();
        CutAfterTheTransaction();
        Assert.Equal(CommitResult.Committed, await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None));
        Mend();

        stores.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([run.Id], (await stores.Runs.UnconsumedAsync(AMinuteAgo, null, 10, None)).Items);
        var listed = await stores.Runs.ListTasksAsync(new TaskQuery("acme", 10, Status: TaskStatus.Completed), None);
        Assert.Equal([task.Id], listed.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task A_response_that_was_refused_leaves_nothing_for_the_sweeper()
    {
        var (_, task) = await PausedAsync();
        await stores.Runs.UpdateTaskAsync(task.Changed(Sample.Start, TaskEventKind.Cancelled), None);
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);

        stores.Requests.Clear();
        Assert.Empty((await stores.Runs.UnconsumedAsync(Sample.Start.AddDays(1), null, 10, None)).Items);
        Assert.Equal(16, stores.Requests.Sent.Count);
    }

    [Fact]
    public async Task A_refused_response_whose_withdrawal_was_lost_is_forgotten_in_time()
    {
        var (_, task) = await PausedAsync();
        stores.Requests.Fail = request => request.StartsWith("DELETE", StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => stores.Runs.AcceptAsync(Sample.Used(Sample.Used(task)), Sample.Response(task), None));
        Mend();

        stores.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty((await stores.Runs.UnconsumedAsync(AMinuteAgo, null, 10, None)).Items);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty((await stores.Runs.UnconsumedAsync(AMinuteAgo, null, 10, None)).Items);
        stores.Requests.Clear();
        Assert.Empty((await stores.Runs.UnconsumedAsync(AMinuteAgo, null, 10, None)).Items);
        Assert.Equal(16, stores.Requests.Sent.Count);
    }

    [Fact]
    public async Task Runs_with_unconsumed_responses_come_once_each_oldest_first_in_pages()
    {
        var expected = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var run = Sample.Run(Sample.Start.AddSeconds(i));
            var task = Sample.Task(run).Usable(9);
            await stores.Runs.CreateAsync(Sample.First(run, task), null, None);
            await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);
            task = Sample.Used(task);
            task = task with { History = task.History with { UpdatedAt = Sample.Start.AddMinutes(5) } };
            await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);
            expected.Add(run.Id);
        }

        var before = Sample.Start.AddMinutes(10);
        Assert.Empty((await stores.Runs.UnconsumedAsync(Sample.Start, null, 10, None)).Items);
        Assert.Equal(expected[..3], (await stores.Runs.UnconsumedAsync(Sample.Start.AddSeconds(3), null, 10, None)).Items);
        var first = await stores.Runs.UnconsumedAsync(before, null, 3, None);
        var second = await stores.Runs.UnconsumedAsync(before, first.Next, 3, None);
        Assert.Equal(expected, first.Items.Concat(second.Items));
        Assert.Null(second.Next);

        var consumed = (await stores.Runs.FindRunAsync(expected[0], None))!;
        var open = await stores.Runs.UnconsumedResponsesAsync(consumed.Id, None);
        await stores.Runs.CommitAsync(
            Sample.Turn(consumed, consumed.State) with { Consumed = [.. open.Select(response => response.Id)] }, None);
        var over = (await stores.Runs.FindRunAsync(expected[1], None))!;
        await stores.Runs.CommitAsync(Sample.Turn(over, new RunState.Cancelled(null)), None);
        Assert.Equal(expected[2..], (await stores.Runs.UnconsumedAsync(before, "not a cursor", 10, None)).Items);
    }
}
