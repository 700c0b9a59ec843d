using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Forms;

public sealed class MomentsInConditions
{
    [Theory]
    [InlineData("America/New_York", "2026-12-31T20:30", "ge", "2027-01-01T00:00:00Z", true)]
    [InlineData("America/New_York", "2027-01-01T01:30:00Z", "ge", "2027-01-01T00:00:00Z", true)]
    [InlineData("America/New_York", "2026-12-31T18:30", "ge", "2027-01-01T00:00:00Z", false)]
    [InlineData("UTC", "2026-12-31T23:30:00Z", "ge", "2027-01-01T00:00:00+01:00", true)]
    [InlineData("UTC", "2026-12-31t23:30:00z", "eq", "2027-01-01T00:30:00+01:00", true)]
    [InlineData("UTC", "2026-12-31T23:30:00.5Z", "gt", "2026-12-31T23:30:00Z", true)]
    [InlineData("Europe/Berlin", "2026-12-31T23:30:00Z", "ge", "2027-01-01T00:00", true)]
    [InlineData("Europe/Berlin", "2026-12-31T23:30:00Z", "ge", "2027-01-01", true)]
    [InlineData("Europe/Berlin", "2026-12-31T22:30:00Z", "ge", "2027-01-01", false)]
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "lt", "2026-10-25T01:30:00Z", true)]
    [InlineData("Europe/Berlin", "2026-03-29T03:00", "ge", "2026-03-29T02:30", true)]
    [InlineData("Europe/Berlin", "2026-03-29T01:59", "ge", "2026-03-29T02:30", false)]
    [InlineData("UTC", "2026-12-31T23:30:00Z", "ne", "2027-01-01T00:30:00+01:00", false)]
    [InlineData("UTC", "2026-12-31T23:30:00Z", "in", """["2027-01-01T00:30:00+01:00"]""", true)]
    public void A_moment_is_compared_as_a_moment(string zone, string value, string op, string with, bool visible)
    {
        var wanted = with.StartsWith('[') ? with : $"\"{with}\"";
        var form = Form.Read(
            Json.Element(FormGiven.Document(
                """{ "name": "at", "type": "dateTime" }""",
                """{ "name": "rows", "type": "table", "fields": [{ "name": "at", "type": "dateTime" }] }""",
                $$"""{ "name": "fixed", "type": "dateTime", "readOnly": true, "value": "{{value}}" }""",
                $$"""{ "name": "a", "type": "text", "visibleWhen": { "field": "at", "op": "{{op}}", "value": {{wanted}} } }""",
                $$"""{ "name": "b", "type": "text", "visibleWhen": { "field": "rows.0.at", "op": "{{op}}", "value": {{wanted}} } }""",
                $$"""{ "name": "c", "type": "text", "visibleWhen": { "not": { "field": "fixed", "op": "{{op}}", "value": {{wanted}} } } }""")),
            zone);

        var seen = Visibility.Of(form, Json.Object($$"""{ "at": "{{value}}", "rows": [{ "at": "{{value}}" }] }"""));

        Assert.Equal((visible, visible, !visible), (seen.Contains("a"), seen.Contains("b"), seen.Contains("c")));
    }

    [Theory]
    [InlineData("""{ "a": "" }""")]
    [InlineData("""{ "a": null }""")]
    [InlineData("""{ "a": "  " }""")]
    [InlineData("""{ "a": "\u200b\u2060" }""")]
    [InlineData("""{ "a": "\u3000\u00a0\ufeff" }""")]
    [InlineData("""{ "m": [] }""")]
    [InlineData("""{ "rows": [] }""")]
    [InlineData("""{ "rows": [{ "c": "\u200b" }] }""")]
    [InlineData("""{ "rows": [{ "c": null }] }""")]
    public void What_is_empty_does_not_exist_and_asks_for_nothing(string values)
    {
        var form = FormGiven.Form(
            """{ "name": "a", "type": "text" }""",
            """{ "name": "m", "type": "multiChoice", "options": [{ "value": "x" }] }""",
            """{ "name": "rows", "type": "table", "fields": [{ "name": "c", "type": "text" }] }""",
            """{ "name": "b", "type": "text", "required": true, "visibleWhen": { "any": [{ "field": "a", "op": "exists", "value": true }, { "field": "m", "op": "exists" }, { "field": "rows.0.c", "op": "exists" }] } }""");

        Assert.IsType<FormInput.Valid>(FormGiven.Check(form, values));
    }

    [Fact]
    public void A_text_without_anything_to_see_is_no_answer()
    {
        var required = FormGiven.Form("""{ "name": "a", "type": "text", "required": true }""");
        var optional = FormGiven.Form("""{ "name": "a", "type": "text" }""");

        foreach (var text in (string[])["\u200b", "\u200c\u200d\u2060\ufeff", "\u00ad \u3164", "\udb40\udc61"])
        {
            var values = new JsonObject { ["a"] = text };
            Assert.IsType<FormInput.Invalid>(FormInput.Check(required, values, 0));
            Assert.Equal("""{"a":null}""", Assert.IsType<FormInput.Valid>(FormInput.Check(optional, values, 0)).Values.ToJsonString());
        }
    }
}
