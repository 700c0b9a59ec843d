using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Tables in a browser: a grid at the desk, a card for each row on a phone, and dropdowns whose options come once.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class ChoosingInTables(Deployment deployment, Chromium chromium)
{
    [BrowserFact]
    public async Task Each_cell_of_a_column_is_a_dropdown_whose_choice_is_sent()
    {
        var asked = await deployment.Api.InterveneAsync(form: """
            { "fields": [{ "name": "lines", "type": "table", "label": "Lines", "minRows": 2, "fields": [
                { "name": "unit", "type": "choice", "label": "Unit", "display": "dropdown", "options": [
                  { "value": "kg", "label": "Kilogram" }, { "value": "pc", "label": "Piece" }] }] }] }
            """);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, $"{asked.Path}?lang=en").ToString());

        await tab.Locator("select[name='lines.0.unit']").SelectOptionAsync("kg");
        await tab.Locator("select[name='lines.1.unit']").SelectOptionAsync(new SelectOptionValue { Label = "Piece" });
        await tab.Locator("#form button.main").Last.ClickAsync();
        await Assertions.Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/responses/"));

        var lines = (await deployment.Api.TaskAsync(asked.TaskId))["/responses/0/values"]!.AsObject()["lines"]!.AsArray();
        Assert.Equal(["kg", "pc"], lines.Select(line => line!["unit"]!.GetValue<string>()));
    }

    [BrowserFact]
    public async Task A_table_is_a_grid_at_the_desk_and_a_card_for_each_row_on_a_phone()
    {
        var columns = string.Join(',', Enumerable.Range(1, 8).Select(i => $$"""{ "name": "c{{i}}", "type": "text", "label": "Column {{i}}" }"""));
        var asked = await deployment.Api.InterveneAsync("\"show\": [\"invoice\"],", $$"""
            { "fields": [{ "name": "lines", "type": "table", "label": "Lines", "minRows": 3, "maxRows": 9, "fields": [{{columns}}] }] }
            """);
        var address = new Uri(deployment.Address, $"{asked.Path}?lang=en").ToString();
        await using var desk = await chromium.DeskAsync();
        var tab = await desk.NewPageAsync();
        await tab.GotoAsync(address);
        async Task<LocatorBoundingBoxResult> BoxAsync(IPage page, int row, int column) => (await page.Locator($"[name='lines.{row}.c{column}']").BoundingBoxAsync())!;

        var corner = await BoxAsync(tab, 0, 1);
        for (var column = 2; column <= 8; column++)
        {
            Assert.Equal(corner.Y, (await BoxAsync(tab, 0, column)).Y);
            Assert.Equal((await BoxAsync(tab, 0, column)).X, (await BoxAsync(tab, 2, column)).X);
        }

        Assert.InRange((await BoxAsync(tab, 2, 1)).Y - corner.Y, 80, 140); // two rows further down
        await Assertions.Expect(tab.Locator(".heads")).ToBeVisibleAsync();
        Assert.InRange((await BoxAsync(tab, 0, 8)).X, corner.X, 1280 - 80);
        await IsAccessibleAsync(tab);

        await using var phone = await chromium.PhoneAsync();
        var small = await phone.NewPageAsync();
        await small.GotoAsync(address);
        Assert.True((await BoxAsync(small, 0, 3)).Y > (await BoxAsync(small, 0, 1)).Y);
        await Assertions.Expect(small.Locator(".heads")).ToBeHiddenAsync();
        await Assertions.Expect(small.Locator(".row .label").First).ToBeInViewportAsync();
        await IsAccessibleAsync(small);
    }

    private static async Task IsAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(one => $"{one.Id} {string.Join(' ', one.Nodes.Select(node => node.Html))}")));
    }
}
