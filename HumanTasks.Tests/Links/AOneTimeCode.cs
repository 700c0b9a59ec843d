using HumanTasks.Core.Links;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Links;

public sealed class AOneTimeCode : IDisposable
{
    private readonly SqliteStores stores = new();
    private readonly ManualTime time = new(Sample.Start);
    private readonly OneTimeCodes codes;
    private readonly CodeScope scope = new("owner", "task-1", "ada@example.com");
    private readonly CodeAsker owner = new("the owner's browser", "192.0.2.1");

    public AOneTimeCode() =>
        codes = new OneTimeCodes(stores.All.Documents, new LinkTokens(new LinkKeyRing([new byte[32]])), time);

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Has_six_digits_and_is_right_once()
    {
        var code = await CodeAsync();

        Assert.Matches("^[0-9]{6}$", code);
        Assert.IsType<CodeCheck.Right>(await CheckAsync($"{code[..3]} {code[3..]}"));
        Assert.IsType<CodeCheck.Expired>(await CheckAsync(code));
    }

    [Fact]
    public async Task Is_good_for_ten_minutes()
    {
        var code = await CodeAsync();
        time.Advance(OneTimeCodes.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True((await codes.LookAsync(scope, owner, default)).IsSent);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<CodeCheck.Expired>(await CheckAsync(code));
    }

    [Fact]
    public async Task Is_replaced_by_a_newer_one()
    {
        var first = await CodeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        var second = await CodeAsync();

        if (first != second)
        {
            Assert.Equal(new CodeCheck.Wrong(4), await CheckAsync(first));
        }

        Assert.IsType<CodeCheck.Right>(await CheckAsync(second));
    }

    [Fact]
    public async Task Another_one_is_sent_after_30_60_and_120_seconds()
    {
        foreach (var wait in (int[])[30, 60, 120, 120])
        {
            await CodeAsync();
            time.Advance(TimeSpan.FromSeconds(wait - 1));
            Assert.Equal(new CodeIssue.TooSoon(TimeSpan.FromSeconds(1)), await codes.IssueAsync(scope, owner, default));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await CodeAsync();
    }

    [Fact]
    public async Task A_newer_one_resets_no_tries()
    {
        var right = "";
        for (var tries = 1; tries <= 5; tries++)
        {
            right = await CodeAsync();
            var check = await CheckAsync(Wrong(right));
            Assert.Equal(tries < 5 ? new CodeCheck.Wrong(5 - tries) : new CodeCheck.TooMany(WindowLeft, WasWrong: true), check);
            time.Advance(TimeSpan.FromSeconds(120));
        }

        Assert.Equal(new CodeCheck.TooMany(WindowLeft), await CheckAsync(right));
        Assert.Equal(new CodeIssue.Locked(WindowLeft), await codes.IssueAsync(scope, owner, default));
        time.Advance(WindowLeft);
        Assert.IsType<CodeCheck.Right>(await CheckAsync(await CodeAsync()));
    }

    [Fact]
    public async Task Goes_to_one_address_only_so_often_in_an_hour_whatever_it_is_for()
    {
        for (var i = 0; i < OneTimeCodes.MaxSends; i++)
        {
            Assert.IsType<CodeIssue.Issued>(await codes.IssueAsync(scope with { Key = $"task-{i}" }, owner, default));
        }

        Assert.Equal(
            new CodeIssue.TooSoon(TimeSpan.FromHours(1)),
            await codes.IssueAsync(scope with { Key = "another", Address = "ADA@example.com" }, owner, default));
        Assert.IsType<CodeIssue.Issued>(await codes.IssueAsync(scope with { Key = "another", Address = "kim@example.com" }, owner, default));
        time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<CodeIssue.Issued>(await codes.IssueAsync(scope with { Key = "another" }, owner, default));
    }

    [Fact]
    public async Task Is_none_for_another_task()
    {
        var code = await CodeAsync();
        await codes.IssueAsync(scope with { Key = "task-2" }, owner, default);

        Assert.NotEqual(new CodeCheck.Right(), await codes.CheckAsync(scope with { Key = "task-2" }, owner, code, default));
        Assert.IsType<CodeCheck.Expired>(await codes.CheckAsync(scope with { Key = "task-3" }, owner, code, default));
    }

    [Fact]
    public async Task Is_stored_as_a_keyed_hash_and_nothing_else()
    {
        var code = await CodeAsync();

        var stored = System.Text.Encoding.UTF8.GetString((await stores.All.Documents.FindAsync("owner", "task-1", default))!.Body.Span);

        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_guessed_by_many_at_once_five_times_and_no_more()
    {
        var wrong = Wrong(await CodeAsync());

        var checks = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => CheckAsync(wrong))));

        Assert.InRange(checks.Count(check => check is CodeCheck.Wrong or CodeCheck.TooMany { WasWrong: true }), 1, 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("12 34 5")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    public async Task Anything_but_six_digits_is_no_attempt(string typed)
    {
        var code = await CodeAsync();

        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(new CodeCheck.Incomplete(5), await CheckAsync(typed));
        }

        Assert.Equal(5, (await codes.LookAsync(scope, owner, default)).TriesLeft);
        Assert.IsType<CodeCheck.Right>(await CheckAsync(code));
    }

    [Fact]
    public async Task Is_right_in_the_digits_of_other_keyboards()
    {
        var code = await CodeAsync();

        Assert.IsType<CodeCheck.Right>(await CheckAsync(string.Concat(code.Select((digit, i) => (char)((i % 2 == 0 ? '\u0660' : '\uFF10') + digit - '0')))));
    }

    private TimeSpan WindowLeft => Sample.Start.AddHours(1) - time.GetUtcNow();

    private async Task<string> CodeAsync() => Assert.IsType<CodeIssue.Issued>(await codes.IssueAsync(scope, owner, default)).Code;

    private Task<CodeCheck> CheckAsync(string code) => codes.CheckAsync(scope, owner, code, default);

    private static string Wrong(string code) => code == "111111" ? "222222" : "111111";
}
