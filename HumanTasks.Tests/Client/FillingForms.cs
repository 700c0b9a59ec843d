using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Client;

/// <summary>How the test people of HumanTasks.Testing fill in forms.</summary>
public sealed class FillingForms
{
    private const string Everything = """
        { "pages": [
          { "title": "One", "fields": [
            { "name": "about", "type": "display", "markdown": "Read this." },
            { "name": "decision", "type": "choice", "required": true, "options": [{ "value": "reject" }, { "value": "approve" }] },
            { "name": "why", "type": "text", "required": true, "visibleWhen": { "field": "decision", "equals": "reject" } } ] },
          { "fields": [
            { "name": "lines", "type": "table", "minRows": 2, "fields": [
              { "name": "what", "type": "text", "required": true }, { "name": "count", "type": "integer", "required": true, "min": 3 }] },
            { "name": "photo", "type": "file", "required": true, "accept": ["image/*"] },
            { "name": "sign", "type": "signature", "required": true, "consent": "I agree." } ] }] }
        """;

    public static TheoryData<string> Forms => new()
    {
        Everything.Replace("\"photo\", \"type\": \"file\", \"required\": true, \"accept\": [\"image/*\"]", "\"photo\", \"type\": \"date\", \"required\": true", StringComparison.Ordinal),
        """{ "fields": [{ "name": "iban", "type": "text", "required": true, "pattern": "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}" }] }""",
        """{ "fields": [{ "name": "code", "type": "text", "required": true, "pattern": "(?:INV|PO)-\\d{4}(/[a-f]+)?", "minLength": 10 }] }""",
        """{ "fields": [{ "name": "name", "type": "text", "required": true, "pattern": "[^a-z0-9\\s][\\p{L}]+|x", "minLength": 6 }] }""",
        """{ "fields": [{ "name": "n", "type": "number", "required": true, "min": 0.01, "step": 0.01 }, { "name": "m", "type": "number", "required": true, "max": -5, "step": 2 }] }""",
        """{ "fields": [{ "name": "n", "type": "integer", "required": true, "min": 2.5, "max": 3.5 }, { "name": "o", "type": "integer", "required": true, "min": 0.5, "step": 0.5 }] }""",
        """{ "fields": [{ "name": "m", "type": "multiChoice", "required": true, "minItems": 2, "options": [{ "value": "a" }, { "value": "b" }, { "value": "c" }] }] }""",
        """{ "fields": [{ "name": "d", "type": "date", "required": true, "value": "soon" }, { "name": "t", "type": "time", "required": true, "max": "09:00" }, { "name": "at", "type": "dateTime", "required": true, "min": "2027-01-01T00:00:00Z" }] }""",
        """{ "fields": [{ "name": "shown", "type": "text", "readOnly": true, "required": true, "value": "x" }, { "name": "file", "type": "display", "value": "data:image/png;base64,iVBORw0KGgo=" }] }""",
        """{ "fields": [{ "name": "yes", "type": "boolean", "mustBeTrue": true }, { "name": "mail", "type": "email", "required": true }, { "name": "site", "type": "url", "required": true }] }""",
        """{ "fields": [{ "name": "lines", "type": "table", "required": true, "fields": [{ "name": "kind", "type": "choice", "options": [{ "value": "a" }] }, { "name": "ok", "type": "boolean" }] }] }""",
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_can_be_filled_in(string definition)
    {
        var filled = FormFiller.Fill(Json.Object(definition), null);

        var input = FormInput.Check(Form.Read(Json.Element(definition)), filled, 1000);
        Assert.True(input is FormInput.Valid, $"{filled.ToJsonString()}: {string.Join(' ', (input as FormInput.Invalid)?.Problems ?? [])}");
    }

    [Fact]
    public void Given_values_decide_which_other_fields_must_be_answered()
    {
        Assert.NotNull(FormFiller.Fill(Json.Object(Everything), null)["why"]);
        Assert.Null(FormFiller.Fill(Json.Object(Everything), new JsonObject { ["decision"] = "approve" })["why"]);
    }

    [Fact]
    public async Task Somebody_answers_a_form_with_pages_rows_files_and_a_signature()
    {
        await using var host = await TestHost.StartAsync();
        await host.SaveAsync("everything", $$"""
            [{ "type": "humanTask", "name": "ask", "assignee": "ada@example.com", "title": "Fill in", "form": {{Everything}} },
             { "type": "end", "output": "{{"{{ask}}"}}" }]
            """);
        var run = await host.Client.StartRunAsync("everything");
        var reaction = await host.Person().AnswerAsync();

        Assert.True(reaction.IsAccepted, reaction.Body?.ToJsonString());
        var values = (await host.Client.WaitForRunAsync(run.RunId)).Output!["values"]!;
        Assert.Equal((2, "image/png", "I agree."), (values["lines"]!.AsArray().Count, (string?)values["photo"]!["contentType"], (string?)values["sign"]!["consent"]));
    }
}
