using System.Net;

namespace HumanTasks.Tests.Review;

public sealed class ColumnsWithOptions : IAsyncLifetime
{
    private readonly ReviewSite site = new();
    private string path = "";

    public async Task InitializeAsync() => path = await site.AskAsync("""
        [{ "name": "lines", "type": "table", "minRows": 3, "fields": [
           { "name": "unit", "type": "choice", "display": "dropdown", "options": [
             { "value": "kg", "label": "Kilogram" }, { "value": "pc", "label": "Piece" }, { "value": "m", "label": "Metre" }] }] }]
        """);

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task The_options_of_a_column_stand_once_on_the_page()
    {
        var page = await site.PageAsync(path);

        Assert.Single(page.QuerySelectorAll("option[value='kg']"));
        Assert.Equal(3, page.QuerySelectorAll("input[list='o-lines.unit']").Length);
    }

    [Fact]
    public async Task Without_a_script_a_value_or_its_label_is_taken()
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("lines.0.unit", "kg"), ("lines.1.unit", "piece"), ("lines.2.unit", "Metre")]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var task = await site.TaskOfAsync(path);
        var answer = Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync(task.Id, default));
        Assert.Equal(["kg", "pc", "m"], answer.Values["lines"]!.AsArray().Select(row => row!["unit"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_no_option_is_refused_and_shown_again()
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("lines.0.unit", "kg"), ("lines.1.unit", "mile"), ("lines.2.unit", "m")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await ReviewSite.ReadPageAsync(response);
        Assert.Equal("mile", page.QuerySelector("[name='lines.1.unit']")!.GetAttribute("value"));
    }
}
