using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Expressions;

public sealed class AFormat
{
    [Theory]
    [InlineData("4500012345", "number", "4,500,012,345", "4.500.012.345")]
    [InlineData("1234.5", "number", "1,234.50", "1.234,50")]
    [InlineData("\"1234.5\"", "number", "1,234.50", "1.234,50")]
    [InlineData("1234.5", "currency:EUR", "1,234.50\u00a0EUR", "1.234,50\u00a0EUR")]
    [InlineData("-3", "currency:USD", "-3.00\u00a0USD", "-3,00\u00a0USD")]
    [InlineData("0.195", "percent", "19.5%", "19,5\u00a0%")]
    [InlineData("1234.5", "currency:JPY", "1,235\u00a0JPY", "1.235\u00a0JPY")]
    [InlineData("1234.5", "currency:KWD", "1,234.500\u00a0KWD", "1.234,500\u00a0KWD")]
    [InlineData("\"2026-12-01\"", "date", "1 December 2026", "1. Dezember 2026")]
    [InlineData("\"2026-12-01T23:30:00Z\"", "date", "2 December 2026", "2. Dezember 2026")]
    [InlineData("\"2026-12-01T23:30:00\"", "date", "1 December 2026", "1. Dezember 2026")]
    [InlineData("\"2026-12-01T23:30:00Z\"", "dateTime", "2 December 2026, 00:30 Central European Time", "2. Dezember 2026, 00:30 Mitteleuropäische Zeit")]
    [InlineData("\"2026-12-02T00:30:00.123456789+02:00\"", "dateTime", "1 December 2026, 23:30 Central European Time", "1. Dezember 2026, 23:30 Mitteleuropäische Zeit")]
    [InlineData("\"2026-12-01T12:30\"", "dateTime", "1 December 2026, 12:30 Central European Time", "1. Dezember 2026, 12:30 Mitteleuropäische Zeit")]
    [InlineData("\"2026-12-01\"", "dateTime", "1 December 2026", "1. Dezember 2026")]
    [InlineData("1234.5", "text", "1234.5", "1234.5")]
    [InlineData("\"2026-12-01\"", "text", "2026-12-01", "2026-12-01")]
    [InlineData("true", "text", "true", "true")]
    [InlineData("[1]", "text", "[1]", "[1]")]
    [InlineData("1e40", "number", "1e40", "1e40")]
    [InlineData("null", "number", "", "")]
    [InlineData("\"\"", "date", "", "")]
    public void A_value_reads_as_its_format_says_in_the_language_of_its_readers(string json, string format, string english, string german)
    {
        var template = Parse($"{{{{ x | {format} }}}}");

        Assert.Equal(english, template.Render(Scope(json, "en"))!.GetValue<string>());
        Assert.Equal(german, template.RenderText(Scope(json, "de")));
        Assert.Equal($"a {english} b", Parse($"a {{{{x|{format}}}}} b").RenderText(Scope(json, "en")));
    }

    [Theory]
    [InlineData("\"Ada\"", "number")]
    [InlineData("true", "currency:EUR")]
    [InlineData("[1]", "percent")]
    [InlineData("{}", "number")]
    [InlineData("20261201", "date")]
    [InlineData("\"tomorrow\"", "dateTime")]
    public void A_value_that_does_not_fit_is_named_with_its_format(string json, string format)
    {
        var scope = Scope(json, "en");
        Parse($"{{{{x | {format}}}}}").RenderText(scope);

        Assert.Equal([("x", format)], scope.Misfits);
    }

    [Theory]
    [InlineData("{{y? | number}}", "")]
    [InlineData("{{ y ? | currency:EUR }}", "")]
    [InlineData("{{x?|text}}", "5")]
    public void An_optional_value_is_empty_where_there_is_none(string template, string expected)
    {
        var scope = Scope("5", "en");

        Assert.Equal(expected, Parse(template).Render(scope)!.GetValue<string>());
        Assert.Empty(scope.Missing);
        Assert.Empty(scope.Misfits);
    }

    [Fact]
    public void A_missing_value_is_named_without_its_format()
    {
        var scope = Scope("5", "en");
        Parse("{{y | number}}").Render(scope);

        Assert.Equal(["y"], scope.Missing);
        Assert.Empty(scope.Misfits);
    }

    [Theory]
    [InlineData("""{{"{{"}}""", "{{")]
    [InlineData("""{{"}}"}}""", "}}")]
    [InlineData("""Write {{"{{name}}"}} for {{x}}""", "Write {{name}} for 5")]
    [InlineData("""{{ "a \" b \\ c" }}""", """a " b \ c""")]
    [InlineData("""{{"a|b"}}""", "a|b")]
    [InlineData("""{{"a|b" | text}}""", "a|b")]
    [InlineData("""{{"1234.5"|number}}""", "1,234.50")]
    [InlineData("""{{""}}""", "")]
    public void A_text_in_quotes_is_that_text(string template, string expected) =>
        Assert.Equal(expected, Parse(template).Render(Scope("5", "en"))!.GetValue<string>());

    [Theory]
    [InlineData("{{x | nombre}}")]
    [InlineData("{{x | Number}}")]
    [InlineData("{{x |}}")]
    [InlineData("{{x | currency}}")]
    [InlineData("{{x | currency:}}")]
    [InlineData("{{x | currency:eur}}")]
    [InlineData("{{x | currency:EURO}}")]
    [InlineData("{{x | number | text}}")]
    [InlineData("{{| number}}")]
    [InlineData("{{\"a}}")]
    [InlineData("{{\"a\" b}}")]
    [InlineData("{{\"a\"?}}")]
    public void What_is_no_format_and_no_text_is_refused_with_its_pointer(string template)
    {
        var problems = new Problems();
        ValueTemplate.Parse(Json.Element($$"""{ "a": [{{Json.Quote(template)}}] }"""), "/values", problems);

        Assert.Equal("/values/a/0", Assert.Single(problems).Pointer);
    }

    [Fact]
    public void A_stored_template_with_a_format_of_a_later_release_is_read()
    {
        var template = Template.TryParse("Total {{x | roman}}", out _, stored: true)!;

        Assert.Equal("Total 5", template.RenderText(Scope("5", "en")));
    }

    [Fact]
    public void Each_language_of_a_text_has_its_own_format()
    {
        var texts = ValueTemplate.Parse(
            Json.Element("""{ "label": { "en": "of {{x | number}}", "de": "von {{x | number}}" } }"""), "", []);

        Assert.Equal(
            """{"label":{"en":"of 1,234.50","de":"von 1.234,50"}}""", texts.RenderTexts(Scope("1234.5", "fr"))!.ToJsonString());
    }

    private static Template Parse(string text) =>
        Template.TryParse(text, out var problem) ?? throw new InvalidOperationException(problem);

    private static Scope Scope(string json, string language) => new(new JsonObject { ["x"] = JsonNode.Parse(json) })
    {
        Locale = new Locale(Languages.CultureOf(language), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")),
    };
}
