using HumanTasks.Web.Assets;
using HumanTasks.Web.Components;
using HumanTasks.Web.Forms;

namespace HumanTasks.Tests.Review;

public sealed class WhatPagesShow
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("[x](javascript:alert(1))", "href")]
    [InlineData("[x](data:text/html,1)", "href")]
    [InlineData("[x](/relative)", "href")]
    [InlineData("![x](https://evil.example/x.png)", "<img")]
    [InlineData("<javascript:alert(1)>", "href")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]", "href")]
    public void Markdown_brings_nothing_that_runs_or_loads(string markdown, string never) =>
        Assert.DoesNotContain(never, SafeMarkdown.ToHtml(markdown).Value, StringComparison.Ordinal);

    [Fact]
    public void Links_of_markdown_tell_nobody_where_they_were()
    {
        var html = SafeMarkdown.ToHtml("# Big\n\n[x](https://example.com)").Value;

        Assert.Contains("rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.Contains("<h2>Big</h2>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invoiceNumber", "Invoice number")]
    [InlineData("due_date", "Due date")]
    [InlineData("customerURL", "Customer URL")]
    [InlineData("x", "X")]
    public void Keys_of_a_context_read_as_labels(string key, string label) => Assert.Equal(label, Shown.Key(key));

    [Theory]
    [InlineData(42, "in 42 minutes")]
    [InlineData(1, "in 1 minute")]
    [InlineData(0, "in less than a minute")]
    [InlineData(119, "in 119 minutes")]
    [InlineData(120, "in 2 hours")]
    [InlineData(0.6, "in 1 minute")]
    [InlineData(119.6, "in 2 hours")]
    [InlineData(60 * 2.6, "in 3 hours")]
    [InlineData(60 * 47.4, "in 47 hours")]
    [InlineData(60 * 47.9, "in 2 days")]
    [InlineData(60 * 49, "in 2 days")]
    [InlineData(60 * 71.9, "in 3 days")]
    public void Time_left_is_said_in_words(double minutes, string words) =>
        Assert.Equal(words, Shown.TimeLeft(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Assets_are_found_by_their_hash_and_by_an_old_one()
    {
        var name = AssetCatalog.PathOf("site.css")["/assets/".Length..];

        Assert.True(AssetCatalog.Find(name)!.Value.IsCurrent);
        Assert.False(AssetCatalog.Find("site.000000000000.css")!.Value.IsCurrent);
        Assert.Null(AssetCatalog.Find("other.000000000000.css"));
    }

    [Fact]
    public async Task Assets_are_immutable_typed_and_compressed()
    {
        await using var site = new ReviewSite();

        var response = await site.SendAsync(HttpMethod.Get, AssetCatalog.PathOf("form.js"), request =>
            request.Headers.Add("Accept-Encoding", "gzip, br"));

        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_comes_with_those_that_it_imports()
    {
        await using var site = new ReviewSite();

        var script = await (await site.SendAsync(HttpMethod.Get, AssetCatalog.PathOf("form.js"))).Content.ReadAsStringAsync();

        Assert.DoesNotContain("import {", script, StringComparison.Ordinal);
        Assert.DoesNotContain(" from './", script, StringComparison.Ordinal);
        Assert.Single(script.Split('\n'), line => line.StartsWith("function readNumber(", StringComparison.Ordinal));
        Assert.Contains("export { holds, isBlank, readNumber };", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reviewer_page_weighs_less_than_40_kilobytes()
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync("""[{ "name": "note", "type": "text", "label": "Note" }]""");

        var page = await (await site.SendAsync(HttpMethod.Get, path)).Content.ReadAsByteArrayAsync();
        var assets = new[] { "site.css", "cookies.css", "form.js", "time.js", "receipt.js", "icon.svg" }
            .Sum(name => AssetCatalog.Find(AssetCatalog.PathOf(name)["/assets/".Length..])!.Value.Asset.Brotli.Length);

        Assert.InRange(page.Length + assets, 1, 40_000);
    }
}
