using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>Tables are tables wherever somebody reads them.</summary>
public sealed class AnsweringWithTables : IAsyncLifetime
{
    private const string Columns = """
        [{ "name": "sku", "type": "text", "label": "SKU" }, { "name": "count", "type": "integer", "label": "Count" },
         { "name": "kind", "type": "choice", "label": "Kind", "options": [{ "value": "a", "label": "First" }] }]
        """;

    private const string Rows = """{ "lines": [{ "sku": "A-1", "count": 1250, "kind": "a" }, { "sku": "A-2" }] }""";

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task The_summary_of_a_form_shows_a_table_as_a_table()
    {
        var page = await site.PageAsync(await site.AskFormAsync(Form("pages", ""), context: Rows));

        page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("_go", "1")]));

        IsTheTable(page.QuerySelector(".summary dd table"));
    }

    [Fact]
    public async Task The_receipt_and_its_printable_page_show_a_table_as_a_table()
    {
        var path = await site.AskFormAsync(Form("fields", ""), context: Rows);

        var receipt = (await site.SubmitAsync(await site.PageAsync(path), [])).Headers.Location!.ToString();

        IsTheTable((await site.PageAsync(receipt)).QuerySelector("dd table"));
        IsTheTable((await site.PageAsync($"{receipt}/receipt.html")).QuerySelector("dd table"));
        var file = await (await site.SendAsync(HttpMethod.Get, $"{receipt}/receipt")).Content.ReadAsStringAsync();
        Assert.Contains("Lines: 1. SKU: A-1; Count: 1,250; Kind: First\r\n    2. SKU: A-2", file, StringComparison.Ordinal); // a text has no tables
    }

    [Fact]
    public async Task A_table_that_is_only_read_is_a_table()
    {
        var page = await site.PageAsync(await site.AskFormAsync(Form("fields", "\"readOnly\": true,"), context: Rows));

        IsTheTable(page.QuerySelector(".value table"));
    }

    [Fact]
    public async Task Each_cell_keeps_its_own_label_and_the_labels_above_the_grid_are_for_the_eye_only()
    {
        var page = await site.PageAsync(await site.AskFormAsync(Form("fields", ""), context: Rows));

        Assert.Equal(["SKU", "Count", "Kind"], page.QuerySelectorAll(".heads[aria-hidden=true] .label").Select(label => label.TextContent));
        Assert.Equal(
            ["SKU", "Count", "Kind", "SKU", "Count", "Kind"],
            page.QuerySelectorAll(".row .label").Select(label => label.TextContent));
        Assert.Equal(["Row 1", "Row 2"], page.QuerySelectorAll(".row > legend").Select(legend => legend.TextContent));
    }

    [Fact]
    public async Task A_table_of_many_columns_has_the_whole_width_of_the_desk()
    {
        var many = string.Join(',', Enumerable.Range(1, 8).Select(i => $$"""{ "name": "c{{i}}", "type": "text", "label": "C{{i}}" }"""));

        var page = await site.PageAsync(await site.AskFormAsync($$"""{ "fields": [{ "name": "lines", "type": "table", "label": "Lines", "fields": [{{many}}] }] }"""));

        Assert.NotNull(page.QuerySelector(".sheet.wide-form #form"));
        Assert.Null((await site.PageAsync(await site.AskFormAsync(Form("fields", ""), context: Rows))).QuerySelector(".wide-form"));
    }

    private static string Form(string how, string more)
    {
        var table = $$"""{ "name": "lines", "type": "table", "label": "Lines", {{more}} "value": "{{"{{lines}}"}}", "fields": {{Columns}} }""";
        return how == "pages" ? $$"""{ "pages": [{ "title": "All", "fields": [{{table}}] }] }""" : $$"""{ "fields": [{{table}}] }""";
    }

    private static void IsTheTable(IElement? table)
    {
        Assert.NotNull(table);
        var rows = ((IHtmlTableElement)table).Rows.Select(row => row.Cells.Select(cell => cell.TextContent.Trim()));
        Assert.Equal([["SKU", "Count", "Kind"], ["A-1", "1,250", "First"], ["A-2", "not provided", "not provided"]], rows);
        Assert.Equal("0", table.ParentElement!.GetAttribute("tabindex")); // it scrolls by itself, also by keyboard
    }
}
