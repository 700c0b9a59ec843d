using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The options of a column come once, and each cell is a dropdown all the same.</summary>
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
}
