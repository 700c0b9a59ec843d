using System.Diagnostics;
using HumanTasks.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Review;

public sealed class BoundingMarkdown
{
    /// <summary>A size that the slowest parse of the largest mail stays far below, and that a square of it passes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Marks() =>
        ["[", "![", "[a](", "[a][", "[ ", "> ", ">", "- ", "* ", "+ ", "1. ", "1) ", "> - ", ">\t", "*", "*a ", "**a** ", "_a ", "~a ", "`a ", "(", "a**", "||", "<", "\\["];

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_text_of_one_mark_is_shown_however_often_it_stands_there(string mark)
    {
        foreach (var times in new[] { 64, 127, 300, 1000 })
        {
            var text = string.Concat(Enumerable.Repeat(mark, times)) + " the end";

            Assert.Contains("the end", SafeMarkdown.ToHtml(text).Value, StringComparison.Ordinal);
            Assert.Contains("the end", PlainMarkdown.ToText(text), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void The_largest_text_takes_no_longer_than_its_length_allows(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 100_000 / mark.Length));
        var clock = Stopwatch.StartNew();

        SafeMarkdown.ToHtml(text);
        PlainMarkdown.ToText(text);

        Assert.True(clock.Elapsed < Patience, $"'{mark}' took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("> ")]
    public void Lists_that_go_deeper_with_every_line_are_shown(string mark)
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(depth => mark == "> "
            ? $"{string.Concat(Enumerable.Repeat(mark, depth))}line {depth}\n"
            : $"{new string(' ', depth * mark.Length)}{mark}line {depth}\n"));

        Assert.Contains("line 299", SafeMarkdown.ToHtml(text).Value, StringComparison.Ordinal);
        Assert.Contains("line 299", PlainMarkdown.ToText(text), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nests_too_deeply_is_text_in_which_addresses_are_still_links()
    {
        var text = $"Please **decide**: https://example.com/review/abc\nSecond line\n\n{new string('[', 300)}";

        var html = SafeMarkdown.ToHtml(text).Value;

        Assert.Contains("**decide**", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.com/review/abc\"", html, StringComparison.Ordinal);
        Assert.Contains(new string('[', 300), html, StringComparison.Ordinal);
        Assert.Equal(text, PlainMarkdown.ToText(text));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("[x](javascript:alert(1))", "href")]
    [InlineData("<javascript:alert(1)>", "href")]
    public void What_nests_too_deeply_brings_nothing_that_runs(string markdown, string never) =>
        Assert.DoesNotContain(never, SafeMarkdown.ToHtml($"{new string('[', 300)}\n\n{markdown}").Value, StringComparison.Ordinal);

    [Fact]
    public void What_people_write_keeps_its_shape()
    {
        var list = string.Concat(Enumerable.Repeat("- **item** [one](https://example.com) `code`\n", 300));
        var code = $"```json\n{string.Concat(Enumerable.Repeat("[[\"a_b\", \"*\"],\n", 300))}```\n";
        var nested = "- a\n  - b\n    1. c\n       > d\n";

        Assert.Equal(300, SafeMarkdown.ToHtml(list).Value.Split("<strong>").Length - 1);
        Assert.Contains("<pre class=\"language-json\" tabindex=\"0\"><code>", SafeMarkdown.ToHtml(code).Value, StringComparison.Ordinal);
        Assert.Contains("<blockquote>", SafeMarkdown.ToHtml(nested).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_shown_leaves_the_others()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);

        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<SomeList>()).ToHtmlString());

        Assert.Equal("<li>first</li><li><p class=\"quiet\">Couldn't show this entry.</p></li><li>third</li>", html);
    }

    /// <summary>Three entries, of which the second cannot be shown.</summary>
    private sealed class SomeList : ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            foreach (var (text, fails) in new[] { ("first", false), ("second", true), ("third", false) })
            {
                builder.OpenElement(0, "li");
                builder.OpenComponent<Contained>(1);
                builder.AddComponentParameter(2, nameof(Contained.ChildContent), (RenderFragment)(content =>
                {
                    content.AddContent(0, text);
                    _ = fails ? throw new InvalidOperationException("This one fails.") : 0;
                }));
                builder.CloseComponent();
                builder.CloseElement();
            }
        }
    }
}
