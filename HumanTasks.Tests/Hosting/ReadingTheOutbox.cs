using HumanTasks.Core.Ports;
using HumanTasks.Web.Outbox;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>The outbox of development: newest first, 50 a page, found by what an email contains.</summary>
public sealed class ReadingTheOutbox
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As the outbox lists them, newest first.</summary>
    private static readonly IReadOnlyList<OutboxMail> Mails =
    [
        .. Enumerable.Range(1, 120).Reverse().Select(number => new OutboxMail(
            $"key-{number}",
            Noon.AddMinutes(number),
            new Email([$"person{number}@example.com"], ["Büro@example.com"], $"Subject {number}", null, $"Invoice **R-{number}**", $"case-{number}") { RuleSet = "approval" })),
    ];

    [Theory]
    [InlineData("", 1, 1, 50, "key-120", false, true)]
    [InlineData("?page=2", 2, 51, 50, "key-70", true, true)]
    [InlineData("?page=3", 3, 101, 20, "key-20", true, false)]
    [InlineData("?page=99", 3, 101, 20, "key-20", true, false)]
    [InlineData("?page=-1", 1, 1, 50, "key-120", false, true)]
    [InlineData("?page=two", 1, 1, 50, "key-120", false, true)]
    public void A_page_has_50_with_its_place_among_all(string query, int number, int from, int count, string first, bool previous, bool next)
    {
        var view = Of(query);

        Assert.Equal(
            (number, from, count, first, previous, next, 120),
            (view.Number, view.From, view.Mails.Count, view.Mails[0].Key, view.HasPrevious, view.HasNext, view.Total));
    }

    [Theory]
    [InlineData("person17@", 1)]
    [InlineData("büro@EXAMPLE.com", 120)]
    [InlineData("subject 119", 1)]
    [InlineData("r-118", 1)]
    [InlineData("case-5", 11)]
    [InlineData("approval", 120)]
    [InlineData("  ", 120)]
    [InlineData("**", 0)]
    [InlineData("nobody", 0)]
    public void A_search_finds_recipients_subjects_texts_correlation_IDs_and_rule_sets(string text, int count) =>
        Assert.Equal(count, Of(QueryString.Create("q", text).ToString()).Total);

    [OwnHostFact]
    public async Task The_page_keeps_the_search_and_says_when_nothing_is_found()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var person = new Acceptance.Visitor(host.Address);
        await host.Output.Demonstration;

        await Acceptance.Steps.UntilAsync(
            async () => (await person.OpenAsync("/dev/mail?q=invoice+r-2026-117")).Is(200).Reply, page => page.Body.Contains("Please approve invoice", StringComparison.Ordinal));
        var none = (await person.OpenAsync("/dev/mail?q=%22%3Cnobody")).Is(200);

        Assert.Contains("No email contains this text.", none.Reply.Body, StringComparison.Ordinal);
        Assert.Equal("\"<nobody", none.The("input[type=search]").GetAttribute("value"));
    }

    private static OutboxView Of(string query) => OutboxView.Of(
        new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)), Mails);
}
