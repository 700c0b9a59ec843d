using System.Text;
using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Storage;

/// <summary>What every rule set store does.</summary>
public abstract class RuleSetStoreContract : StoreContract
{
    [Fact]
    public async Task Versions_count_from_one()
    {
        Assert.Equal(1, await SaveAsync("approval", "{}"));
        Assert.Equal(2, await SaveAsync("approval", "{ }"));
        Assert.Equal(1, await SaveAsync("other", "{}"));
    }

    [Fact]
    public async Task The_same_content_keeps_its_version()
    {
        await SaveAsync("approval", "{}");

        Assert.Equal(1, await SaveAsync("approval", "{}"));
        Assert.Equal(2, await SaveAsync("approval", "{ }"));
        Assert.Equal(3, await SaveAsync("approval", "{}"));
    }

    [Fact]
    public async Task Saving_at_once_makes_each_version_once()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => SaveAsync("approval", $"[{i}]"))));

        Assert.Equal(Enumerable.Range(1, 10), versions.Order());
    }

    [Fact]
    public async Task What_is_known_without_reading_is_never_older_than_what_was_saved()
    {
        Assert.Null(Stores.RuleSets.KnownNewest("acme", "approval"));
        for (var i = 1; i <= 50; i++)
        {
            var reads = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Stores.RuleSets.FindRuleSetAsync("acme", "approval", null, None)));
            var saved = SaveAsync("approval", $"[{i}]");
            await Task.WhenAll([.. reads, saved]);

            var version = await saved;
            Assert.Equal(version, Stores.RuleSets.KnownNewest("acme", "approval") ?? version);
        }

        Assert.Null(Stores.RuleSets.KnownNewest("other", "approval"));
    }

    [Fact]
    public async Task A_version_is_found_and_so_is_the_newest()
    {
        await SaveAsync("approval", "[1]");
        await SaveAsync("approval", "[2]");

        Assert.Equal("[1]", await FindAsync("acme", "approval", 1));
        Assert.Equal("[2]", await FindAsync("acme", "approval", null));
        Assert.Null(await FindAsync("acme", "approval", 3));
        Assert.Null(await FindAsync("acme", "Approval", null));
        Assert.Null(await FindAsync("globex", "approval", null));
    }

    [Fact]
    public async Task The_newest_versions_are_listed_by_name()
    {
        foreach (var name in new[] { "c", "a", "e", "b", "d" })
        {
            await SaveAsync(name, "[1]");
            await SaveAsync(name, "[2]");
        }

        await SaveAsync("foreign", "{}", "globex");

        var first = await Stores.RuleSets.ListRuleSetsAsync("acme", null, 3, None);
        var second = await Stores.RuleSets.ListRuleSetsAsync("acme", first.Next, 3, None);

        Assert.Equal(["a", "b", "c", "d", "e"], first.Items.Concat(second.Items).Select(ruleSet => ruleSet.Name));
        Assert.All(first.Items, ruleSet => Assert.Equal(2, ruleSet.Version));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Stores.RuleSets.ListRuleSetsAsync("acme", "no cursor", 10, None));
    }

    [Fact]
    public async Task A_version_says_who_saved_it()
    {
        await SaveAsync("a", "{}");

        var version = await Stores.RuleSets.FindRuleSetAsync("acme", "a", 1, None);

        Assert.Equal("API key first", version!.SavedBy);
        Assert.Equal("API key first", Assert.Single((await Stores.RuleSets.ListRuleSetsAsync("acme", null, 10, None)).Items).SavedBy);
    }

    private async Task<int> SaveAsync(string name, string definition, string environment = "acme") =>
        (await Stores.RuleSets.SaveRuleSetAsync(environment, name, Encoding.UTF8.GetBytes(definition), Sample.Start, "API key first", None)).Version;

    private async Task<string?> FindAsync(string environment, string name, int? version) =>
        await Stores.RuleSets.FindRuleSetAsync(environment, name, version, None) is { } found
            ? Encoding.UTF8.GetString(found.Definition.Span)
            : null;
}
