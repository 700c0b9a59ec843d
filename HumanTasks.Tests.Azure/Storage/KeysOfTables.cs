using HumanTasks.Core;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Functions.Storage;

public sealed class KeysOfTables
{
    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("Approve_1-b", "Approve_1-b")]
    public void Plain_text_stays_readable(string text, string key) => Assert.Equal(key, Key.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("~")]
    [InlineData("Ä")]
    [InlineData("maria@example.com")]
    public void Other_text_becomes_a_short_hash(string text)
    {
        Assert.Matches("^~[0-9a-z]{26}$", Key.Of(text));
        Assert.NotEqual(Key.Of(text), Key.Of(text + " "));
    }

    [Fact]
    public void Numbers_sort_as_text()
    {
        long[] numbers = [0, 9, 10, 638_000_000_000_000_000, long.MaxValue];

        Assert.Equal(numbers.Select(Key.Ascending), numbers.Select(Key.Ascending).Order(StringComparer.Ordinal));
        Assert.Equal(numbers.Select(Key.Descending).Reverse(), numbers.Select(Key.Descending).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void New_runs_do_not_all_begin_alike()
    {
        var partitions = Enumerable.Range(0, 200).Select(_ => RunKey.Partition(Ids.New(Sample.Start))[..2]).Distinct();

        Assert.InRange(partitions.Count(), 100, 200);
        Assert.Equal(16, RunKey.AllWork.Distinct().Count());
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Contains(RunKey.Work(Ids.New(Sample.Start)), RunKey.AllWork));
    }

    [Fact]
    public void The_first_id_of_a_moment_comes_before_all_of_its_ids()
    {
        var first = Work.FirstId(Sample.Start);

        Assert.True(string.CompareOrdinal(first, Ids.New(Sample.Start)) < 0);
        Assert.True(string.CompareOrdinal(first, Ids.New(Sample.Start.AddMilliseconds(-1))) > 0);
    }

    [Fact]
    public void A_run_moves_in_the_index_only_where_it_stands_elsewhere()
    {
        var run = Sample.Run() with { Version = 1, State = new RunState.Paused("t", Sample.Start.AddHours(1)) };
        var before = RunPlace.Of(run, null);
        var same = RunPlace.Of(run with { Version = 2 }, before);
        var after = RunPlace.Of(run with { Version = 3, State = new RunState.Queued("") }, same);

        Assert.Equal(before.Rows().Select(row => row.Address), same.Rows().Select(row => row.Address));
        Assert.Equal(
            ["queue", "ruleset", "status"],
            after.Rows().Except(before.Rows()).Select(row => row.Row.Split('.')[0]).Order());
        Assert.Equal(
            ["expiry", "ruleset", "status", "wake"],
            before.Rows().Except(after.Rows()).Select(row => row.Row.Split('.')[0]).Order());
    }

    [Fact]
    public void A_task_has_a_row_for_each_order_and_twice_when_somebody_is_asked()
    {
        var task = Sample.Task(Sample.Run());

        Assert.Equal(4, TaskPlace.Of(task, null).Rows(task).Count());
        Assert.Equal(8, TaskPlace.Of(task.For("maria"), null).Rows(task).Count());
    }

    [Fact]
    public void A_place_comes_back_from_its_entity()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).For("maria@example.com").Due(Sample.Start);
        var (runEntity, taskEntity) = (new Azure.Data.Tables.TableEntity(), new Azure.Data.Tables.TableEntity());
        RunPlace.Of(run, null).WriteTo(runEntity);
        TaskPlace.Of(task, null).WriteTo(taskEntity);

        Assert.Equal(RunPlace.Of(run, null), RunPlace.Read(runEntity, run.Id));
        Assert.Equal(TaskPlace.Of(task, null), TaskPlace.Read(taskEntity, task.Id));
    }

    [Theory]
    [InlineData("r")]
    [InlineData("n0000000000000000001.x")]
    [InlineData("r000000000000000000x.x")]
    [InlineData("r0000000000000000001.x' or RowKey gt '")]
    public void A_cursor_that_is_not_ours_is_refused(string cursor) =>
        Assert.Throws<Core.Ports.InvalidCursorException>(() => ListCursor.Read(cursor, 'r'));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_cursor_a_list_begins(string? cursor) => Assert.Null(ListCursor.Read(cursor, 'r'));

    [Fact]
    public void A_cursor_of_ours_comes_back() =>
        Assert.Equal("0000000000000000001.id", ListCursor.Read(ListCursor.Write('r', "0000000000000000001.id"), 'r'));
}
