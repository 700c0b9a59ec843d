using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

/// <summary>How every <see cref="IRunStore"/> finds and counts runs by name, ID, time and kind.</summary>
public abstract class FilteringRuns : StoreContract
{
    private int minutes;

    [Fact]
    public async Task Runs_are_found_by_the_beginning_of_a_word_of_their_name_letter_case_aside()
    {
        var meyer = await StoredAsync(NewRun() with { Title = "Approve Supplier Meyer & Söhne" });
        var other = await StoredAsync(NewRun() with { Title = "Approve invoice R-2026-117" });
        var unnamed = await StoredAsync(NewRun() with { RuleSet = "supplier-onboarding" });

        Assert.Equal([unnamed.Id, meyer.Id], await FoundAsync("supplier"));
        Assert.Equal([meyer.Id], await FoundAsync("meyer & SÖH"));
        Assert.Equal([other.Id], await FoundAsync("r-2026-1"));
        Assert.Equal([other.Id, meyer.Id], await FoundAsync("appr"));
        Assert.Empty(await FoundAsync("upplier"));
        Assert.Empty(await FoundAsync("%"));
        Assert.Empty(await FoundAsync("' OR 1 = 1"));
    }

    [Fact]
    public async Task Runs_are_found_by_the_beginning_of_their_id_and_of_their_correlation_id()
    {
        var run = await StoredAsync(NewRun() with { CorrelationId = "Case-77 of May", Title = "One" });
        await StoredAsync(NewRun() with { Title = "Two" });

        Assert.Equal([run.Id], await FoundAsync(run.Id));
        Assert.Contains(run.Id, await FoundAsync(run.Id[..10].ToUpperInvariant()));
        Assert.Equal([run.Id], await FoundAsync("Case-7"));
        Assert.Empty(await FoundAsync("ase-77"));
    }

    [Fact]
    public async Task A_run_is_found_by_its_new_name_and_no_longer_by_the_one_before()
    {
        var run = await StoredAsync(NewRun() with { Title = "Before" });
        await Runs.CommitAsync(new TurnCommit { Run = run with { Title = "Afterwards", Version = run.Version + 1 }, ExpectedVersion = run.Version }, None);

        Assert.Equal([run.Id], await FoundAsync("afterw"));
        Assert.Empty(await FoundAsync("before"));
        Assert.Equal("Afterwards", (await Runs.FindRunAsync(run.Id, None))!.Title);
    }

    [Fact]
    public async Task Runs_of_other_environments_are_not_found()
    {
        var foreign = await StoredAsync(NewRun() with { Environment = "globex", Title = "Supplier", CorrelationId = "case-9" });

        foreach (var text in (string[])["supplier", "case-9", foreign.Id, foreign.Id[..20]])
        {
            Assert.Empty(await FoundAsync(text));
            Assert.Equal(0, await Runs.CountRunsAsync(new RunQuery("acme", 10) { Text = text }, 10, None));
        }
    }

    [Fact]
    public async Task Runs_are_filtered_by_the_time_of_their_creation()
    {
        var runs = new List<Run>();
        for (var i = 0; i < 5; i++)
        {
            runs.Add(await StoredAsync(NewRun()));
        }

        var query = new RunQuery("acme", 10) { CreatedFrom = runs[1].CreatedAt, CreatedBefore = runs[4].CreatedAt };
        Assert.Equal([runs[3].Id, runs[2].Id, runs[1].Id], await IdsAsync(query));
        Assert.Equal(3, await Runs.CountRunsAsync(query, 10, None));
        Assert.Empty(await IdsAsync(query with { CreatedFrom = runs[4].CreatedAt.AddHours(1), CreatedBefore = null }));
    }

    [Fact]
    public async Task Internal_runs_are_left_out_on_request()
    {
        var own = await StoredAsync(NewRun());
        var hook = await StoredAsync(NewRun() with { RuleSet = RuleSetName.Webhook });
        var notices = await StoredAsync(NewRun() with { RuleSet = RuleSetName.Notices });
        var adHoc = await StoredAsync(NewRun() with { RuleSet = RuleSetName.Task });

        Assert.Equal([adHoc.Id, own.Id], await IdsAsync(new RunQuery("acme", 10) { WithoutInternal = true }));
        Assert.Equal([adHoc.Id, notices.Id, hook.Id, own.Id], await IdsAsync(new RunQuery("acme", 10)));
        Assert.Equal(2, await Runs.CountRunsAsync(new RunQuery("acme", 10) { WithoutInternal = true }, 10, None));
        Assert.Equal(4, await Runs.CountRunsAsync(new RunQuery("acme", 10), 10, None));
    }

    [Fact]
    public async Task Counts_match_the_lists_up_to_their_maximum()
    {
        for (var i = 0; i < 6; i++)
        {
            await StoredAsync(NewRun() with { RuleSet = i % 2 == 0 ? "a" : "b", CorrelationId = i < 2 ? "one" : $"c{i}", Title = $"Run {i}" });
        }

        foreach (var query in new[]
        {
            new RunQuery("acme", 200),
            new RunQuery("acme", 200, Status: RunStatus.Completed),
            new RunQuery("acme", 200, Status: RunStatus.Failed),
            new RunQuery("acme", 200, RuleSet: "a"),
            new RunQuery("acme", 200, CorrelationId: "one"),
            new RunQuery("acme", 200, Status: RunStatus.Completed, RuleSet: "b") { Text = "run" },
            new RunQuery("acme", 200) { Text = "run 3" },
        })
        {
            Assert.Equal((await IdsAsync(query)).Count, await Runs.CountRunsAsync(query, 100, None));
            Assert.InRange(await Runs.CountRunsAsync(query, 2, None), 0, 2);
        }

        Assert.Equal(2, await Runs.CountRunsAsync(new RunQuery("acme", 1), 2, None));
    }

    [Fact]
    public async Task Pages_of_a_filtered_list_continue()
    {
        var all = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            all.Insert(0, (await StoredAsync(NewRun() with { Title = $"Supplier {i}" })).Id);
            await StoredAsync(NewRun() with { Title = "Else" });
        }

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Runs.ListRunsAsync(new RunQuery("acme", 2, cursor) { Text = "supplier" }, None);
            found.AddRange(page.Items.Select(run => run.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(all, found);
    }

    private Run NewRun() => Sample.Run(Sample.Start.AddMinutes(minutes++));

    private Task<List<string>> FoundAsync(string text) => IdsAsync(new RunQuery("acme", 50) { Text = text });

    private async Task<List<string>> IdsAsync(RunQuery query) => [.. (await Runs.ListRunsAsync(query, None)).Items.Select(run => run.Id)];
}
