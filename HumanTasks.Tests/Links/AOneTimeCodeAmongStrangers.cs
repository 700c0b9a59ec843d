using System.Text.Json.Nodes;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Links;

/// <summary>Whoever else has a link can neither use up the tries of its owner nor keep codes from them.</summary>
public sealed class AOneTimeCodeAmongStrangers : IDisposable
{
    private readonly SqliteStores stores = new();
    private readonly ManualTime time = new(Sample.Start);
    private readonly OneTimeCodes codes;
    private readonly CodeScope scope = new("owner", "task-1", "ada@example.com");
    private readonly CodeAsker owner = new("the owner's browser", "192.0.2.1");

    public AOneTimeCodeAmongStrangers() =>
        codes = new OneTimeCodes(stores.All.Documents, new LinkTokens(new LinkKeyRing([new byte[32]])), time);

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task A_stranger_without_the_cookie_uses_up_their_own_block_only()
    {
        var code = await CodeAsync(owner);
        var beside = new CodeAsker(null, owner.Block); // behind the same router as the owner

        for (var left = 4; left > 0; left--)
        {
            Assert.Equal(new CodeCheck.Wrong(left), await CheckAsync(beside, Wrong(code)));
        }

        Assert.IsType<CodeCheck.TooMany>(await CheckAsync(beside, Wrong(code)));
        Assert.IsType<CodeCheck.TooMany>(await CheckAsync(beside, code));
        Assert.IsType<CodeIssue.Locked>(await codes.IssueAsync(scope, beside with { Browser = "fresh", IsNew = true }, default));
        Assert.Equal(5, (await codes.LookAsync(scope, owner, default)).TriesLeft);
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
    }

    [Fact]
    public async Task A_cookie_that_asked_for_nothing_counts_by_its_block()
    {
        var code = await CodeAsync(owner);

        for (var i = 0; i < 5; i++)
        {
            await CheckAsync(new CodeAsker($"made up {i}", "203.0.113.9"), Wrong(code));
        }

        Assert.IsType<CodeCheck.TooMany>(await CheckAsync(new CodeAsker("made up too", "203.0.113.9"), code));
    }

    [Fact]
    public async Task Beyond_twenty_wrong_ones_in_an_hour_a_code_is_good_only_where_it_was_asked_for()
    {
        var code = await CodeAsync(owner);
        await GuessAsync(20, code);

        var elsewhere = new CodeAsker(null, "198.51.100.1");
        Assert.Equal(new CodeCheck.TooMany(TimeSpan.FromHours(1)), await CheckAsync(elsewhere, code));
        Assert.Equal(new CodeStanding(true, 5, TimeSpan.FromSeconds(30)), await codes.LookAsync(scope, owner, default));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
    }

    [Fact]
    public async Task A_browser_that_asks_only_then_gets_a_code_that_is_good_in_it()
    {
        await GuessAsync(20, await CodeAsync(owner));
        var fresh = new CodeAsker("another browser of the owner", "203.0.113.1"); // whose block is used up, too

        Assert.Equal(new CodeStanding(false, 5, TimeSpan.Zero), await codes.LookAsync(scope, fresh, default));
        var code = await CodeAsync(fresh);
        Assert.IsType<CodeCheck.TooMany>(await CheckAsync(new CodeAsker(null, fresh.Block), code));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(fresh, code));
    }

    [Fact]
    public async Task Beyond_a_hundred_in_a_day_too_though_the_hours_begin_anew()
    {
        for (var hour = 0; hour < 5; hour++)
        {
            await GuessAsync(20, await CodeAsync(owner with { Browser = $"at {hour}" }));
            time.Advance(TimeSpan.FromHours(1));
        }

        var code = await CodeAsync(owner);
        Assert.Equal(new CodeCheck.TooMany(TimeSpan.FromHours(19)), await CheckAsync(new CodeAsker(null, "198.51.100.1"), code));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
        time.Advance(TimeSpan.FromHours(19));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(new CodeAsker(null, "198.51.100.1"), await CodeAsync(owner)));
    }

    [Fact]
    public async Task Many_at_once_from_many_places_get_no_more_tries_than_one_after_the_other()
    {
        var code = await CodeAsync(owner);

        var checks = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => CheckAsync(new CodeAsker(null, $"203.0.113.{i}"), Wrong(code)))));

        Assert.InRange(checks.Count(check => check is CodeCheck.Wrong or CodeCheck.TooMany { WasWrong: true }), 1, 20);
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
    }

    [Fact]
    public async Task A_code_that_a_stranger_asks_for_leaves_the_owner_s_good_and_makes_nobody_wait()
    {
        var code = await CodeAsync(owner);
        var others = await CodeAsync(new CodeAsker("a stranger's", "203.0.113.9"));

        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(new CodeAsker(null, "198.51.100.1"), others)); // the newest, read by the owner elsewhere
        Assert.IsType<CodeCheck.Expired>(await CheckAsync(new CodeAsker(null, "198.51.100.2"), others));
    }

    [Fact]
    public async Task Codes_that_are_asked_for_from_one_block_leave_some_for_another()
    {
        for (var i = 0; i < OneTimeCodes.MaxSends; i++)
        {
            await CodeAsync(new CodeAsker($"a stranger's {i}", "203.0.113.9"));
        }

        Assert.IsType<CodeIssue.TooSoon>(await codes.IssueAsync(scope, new CodeAsker("one more", "203.0.113.9"), default));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, await CodeAsync(owner)));
    }

    [Fact]
    public async Task One_that_an_older_build_sent_is_good_and_its_lock_is_none_any_more()
    {
        var code = await CodeAsync(owner);
        var stored = (await stores.All.Documents.FindAsync(scope.Owner, scope.Key, default))!;
        var old = JsonNode.Parse(stored.Body.Span)!.AsObject();
        old.Remove("parties");
        old.Remove("day");
        old["tries"] = 5;
        Assert.Equal(["hash", "from", "sentAt", "sends", "tries"], old.Select(member => member.Key));
        Assert.True(await stores.All.Documents.PutAsync(
            new Document(scope.Owner, scope.Key, System.Text.Encoding.UTF8.GetBytes(old.ToJsonString()), stored.Version + 1), default));

        Assert.Equal(new CodeCheck.Wrong(4), await CheckAsync(owner, Wrong(code)));
        Assert.IsType<CodeCheck.Right>(await CheckAsync(owner, code));
    }

    private async Task GuessAsync(int times, string code)
    {
        for (var i = 0; i < times; i++)
        {
            await CheckAsync(new CodeAsker(null, $"203.0.113.{i / 5}"), Wrong(code));
        }
    }

    private async Task<string> CodeAsync(CodeAsker asker) => Assert.IsType<CodeIssue.Issued>(await codes.IssueAsync(scope, asker, default)).Code;

    private Task<CodeCheck> CheckAsync(CodeAsker asker, string code) => codes.CheckAsync(scope, asker, code, default);

    private static string Wrong(string code) => code == "111111" ? "222222" : "111111";
}
