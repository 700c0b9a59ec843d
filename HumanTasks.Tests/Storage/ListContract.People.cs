using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

public abstract partial class ListContract
{
    [Fact]
    public async Task A_reassigned_task_is_listed_for_its_new_assignee()
    {
        var run = NewRun();
        var task = Sample.Task(run).For("maria@example.com");
        await StoredAsync(run, task);
        await Runs.UpdateTaskAsync(task.For("otto@example.com").AtVersion(2), None);

        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10, Assignee: "maria@example.com")));
        Assert.Equal([task.Id], await TasksAsync(new TaskQuery("acme", 10, Assignee: "otto@example.com")));
    }

    [Theory]
    [InlineData(TaskSort.NewestFirst)]
    [InlineData(TaskSort.ExpiresFirst)]
    [InlineData(TaskSort.DueFirst)]
    public async Task A_task_of_several_is_listed_for_each_of_them_and_for_whoever_has_it_alone(TaskSort sort)
    {
        const string Ann = "ann@example.com", Bob = "bob@example.com";
        var run = NewRun();
        var task = Sample.Task(run).ForCandidates(Ann, Bob);
        await StoredAsync(run, task);
        var own = await TaskAsync(one => one.For(Ann));
        async Task<List<string>> OfAsync(string who) => [.. (await TasksAsync(new TaskQuery("acme", 10, Assignee: who, Sort: sort))).Order(StringComparer.Ordinal)];

        Assert.Equal([task.Id, own], await OfAsync(Ann));
        Assert.Equal([task.Id], await OfAsync(Bob));
        Assert.Empty(await OfAsync("nn@example.com"));
        Assert.Equal([task.Id], await TasksAsync(new TaskQuery("acme", 10) { VisibleTo = "BOB@example.com" }));
        Assert.Empty(await TasksAsync(new TaskQuery("acme", 10) { VisibleTo = "ob@example.com" }));
        Assert.Equal(1, await Runs.CountTasksAsync(new TaskQuery("acme", 10, Assignee: Bob), 10, None));
        Assert.Equal(task.Several.Seats, (await Runs.FindTaskAsync(task.Id, None))!.Several.Seats);

        await Runs.UpdateTaskAsync((task with { Asked = task.Several with { ClaimedBy = 2 } }).AtVersion(2), None);

        Assert.Equal([own], await OfAsync(Ann));
        Assert.Equal([task.Id], await OfAsync(Bob));
    }

    [Theory]
    [InlineData(TaskSort.NewestFirst)]
    [InlineData(TaskSort.OldestFirst)]
    [InlineData(TaskSort.DueFirst)]
    public async Task Tasks_of_a_person_are_found_however_they_are_asked_for_and_as_older_builds_wrote_them(TaskSort sort)
    {
        const string Ann = "ann@xn--bcher-kva.example", Before = "ann@bücher.example";
        var now = await TaskAsync(task => task.For(Ann));
        var older = await TaskAsync(task => task.For(Before));
        var several = await TaskAsync(task => task.ForSeveral(1, "bob@example.com", Before));
        await TaskAsync(task => task.For("bob@example.com"));

        foreach (var asked in (string[])[Ann, Before, "Ann@BÜCHER.example", " ann@XN--bcher-kva.example "])
        {
            var query = new TaskQuery("acme", 10, Assignee: asked, Sort: sort);
            string[] found = [.. await TasksAsync(query)];
            Assert.Equal([now, older, several], found.Order(StringComparer.Ordinal));
            Assert.Equal(found, await AllPagesAsync(query with { Limit = 1 }));
            Assert.Equal(found, await TasksAsync(query with { Assignee = null, VisibleTo = asked }));
            Assert.Equal(3, await Runs.CountTasksAsync(query, 10, None));
        }
    }

    [Fact]
    public async Task A_task_that_was_given_to_a_name_is_found_by_the_name()
    {
        var named = await TaskAsync(task => task.For("Bob"));
        var local = await TaskAsync(task => task.For("owner@localhost"));

        Assert.Equal([named], await TasksAsync(new TaskQuery("acme", 10, Assignee: "Bob")));
        Assert.Equal([local], await TasksAsync(new TaskQuery("acme", 10, Assignee: "Owner@LOCALHOST")));
    }

    [Fact]
    public async Task A_task_keeps_that_its_email_failed()
    {
        var failure = new MailFailure(Sample.Start, "Mailbox full.");
        var one = await TaskAsync(task => task.For("ann@example.com").Mailed(0, Sample.Start, failure.Error));
        var several = await TaskAsync(task => task.ForSeveral(1, "ann@example.com", "bob@example.com").Mailed(2, Sample.Start, failure.Error));

        Assert.Equal(failure, (await Runs.FindTaskAsync(one, None))!.UnsentMail);
        Assert.Equal(failure, (await Runs.FindTaskAsync(several, None))!.UnsentMail);
    }
}
