using System.Diagnostics;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Forms;

public sealed partial class AnsweringAForm
{
    private const string Options = """ "options": [ { "value": "a" }, { "value": " b " }, { "value": "ä" } ] """;
    private const string FileId = "01jd0000000000000000000000";

    [Theory]
    [InlineData(""" "type": "text" """, "\"any text\"")]
    [InlineData(""" "type": "text" """, "\" kept as it is \"")]
    [InlineData(""" "type": "text", "minLength": 2, "maxLength": 3 """, "\"ab\"")]
    [InlineData(""" "type": "text", "minLength": 2, "maxLength": 3 """, "\"abc\"")]
    [InlineData(""" "type": "text", "pattern": "[a-z]+" """, "\"abc\"")]
    [InlineData(""" "type": "text", "pattern": "a|bc" """, "\"bc\"")]
    [InlineData(""" "type": "text", "pattern": "\\p{L}+" """, "\"Grüße\"")]
    [InlineData(""" "type": "number" """, "12.50")]
    [InlineData(""" "type": "number" """, "-1e-7")]
    [InlineData(""" "type": "number" """, "79228162514264337593543950335")]
    [InlineData(""" "type": "number", "min": 0, "max": 10 """, "0")]
    [InlineData(""" "type": "number", "min": 0, "max": 10 """, "10.0")]
    [InlineData(""" "type": "number", "step": 0.1 """, "0.3")]
    [InlineData(""" "type": "number", "min": 0.05, "step": 0.1 """, "0.25")]
    [InlineData(""" "type": "number", "min": -1, "step": 2 """, "3")]
    [InlineData(""" "type": "number", "min": -7, "step": 5 """, "3")]
    [InlineData(""" "type": "number", "min": 3, "step": 5 """, "8")]
    [InlineData(""" "type": "number", "min": -1, "step": 1 """, "79228162514264337593543950335")]
    [InlineData(""" "type": "integer" """, "5")]
    [InlineData(""" "type": "integer" """, "5.0")]
    [InlineData(""" "type": "integer" """, "1e3")]
    [InlineData(""" "type": "date" """, "\"2028-02-29\"")]
    [InlineData(""" "type": "date", "min": "2026-11-22", "max": "2026-11-22" """, "\"2026-11-22\"")]
    [InlineData(""" "type": "email" """, "\"ada.lovelace+x@mail.example.co.uk\"")]
    [InlineData(""" "type": "email" """, "\"jörg@müller.example\"")]
    [InlineData(""" "type": "url" """, "\"https://example.com/a?b=c#d\"")]
    [InlineData(""" "type": "url" """, "\"http://localhost:8080\"")]
    [InlineData(""" "type": "text", "maxLength": 2 """, "\"😀😀\"")]
    [InlineData(""" "type": "text", "minLength": 2 """, "\"😀😀\"")]
    [InlineData(""" "type": "text", "maxLength": 2 """, "\"e\u0301\"")]
    [InlineData(""" "type": "boolean", "mustBeTrue": true """, "true")]
    [InlineData(""" "type": "boolean" """, "true")]
    [InlineData(""" "type": "boolean", "required": true """, "false")]
    [InlineData($$""" "type": "choice", {{Options}} """, "\"a\"")]
    [InlineData($$""" "type": "choice", {{Options}} """, "\" b \"")]
    [InlineData($$""" "type": "multiChoice", {{Options}} """, """["a","ä"]""")]
    public void A_good_value_is_kept_as_it_is(string field, string value)
    {
        var accepted = FormGiven.Check(Form(field), $$"""{ "f": {{value}} }""");

        Assert.True(
            System.Text.Json.Nodes.JsonNode.DeepEquals(
                Json.Object($$"""{ "f": {{value}} }"""), Assert.IsType<FormInput.Valid>(accepted).Values));
    }

    [Theory]
    [InlineData(""" "type": "date" """, "\" 2026-11-22 \"", "2026-11-22")]
    [InlineData(""" "type": "time" """, "\"14:30\"", "14:30:00")]
    [InlineData(""" "type": "time" """, "\"14:30:59\"", "14:30:59")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T14:30\"", "2026-11-22T14:30:00Z")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T14:30:05Z\"", "2026-11-22T14:30:05Z")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T14:30:05.123Z\"", "2026-11-22T14:30:05.123Z")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22t15:30:05.1200+01:00\"", "2026-11-22T14:30:05.12Z")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22 14:30:05z\"", "2026-11-22T14:30:05Z")]
    [InlineData(""" "type": "dateTime" """, "\"2016-12-31T23:59:60Z\"", "2017-01-01T00:00:00Z")]
    [InlineData(""" "type": "time" """, "\"14:30:05.50\"", "14:30:05.5")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T00:30:00+02:00\"", "2026-11-21T22:30:00Z")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T14:30-05:00\"", "2026-11-22T19:30:00Z")]
    [InlineData(""" "type": "email" """, "\" a@example.com \"", "a@example.com")]
    [InlineData(""" "type": "url" """, "\" https://example.com \"", "https://example.com")]
    public void A_value_is_kept_in_its_one_way_of_writing(string field, string value, string kept) =>
        Assert.Equal($$"""{"f":"{{kept}}"}""", FormGiven.Accepted(Form(field), $$"""{ "f": {{value}} }"""));

    [Theory]
    [InlineData(""" "type": "text" """, "5")]
    [InlineData(""" "type": "text" """, "true")]
    [InlineData(""" "type": "text" """, "[\"a\"]")]
    [InlineData(""" "type": "text" """, "{}")]
    [InlineData(""" "type": "text", "minLength": 2 """, "\"a\"")]
    [InlineData(""" "type": "text", "maxLength": 3 """, "\"abcd\"")]
    [InlineData(""" "type": "text", "maxLength": 3 """, "\"😀😀😀😀\"")]
    [InlineData(""" "type": "text", "minLength": 2 """, "\"😀\"")]
    [InlineData(""" "type": "boolean", "mustBeTrue": true """, "false")]
    [InlineData(""" "type": "boolean", "mustBeTrue": true """, "null")]
    [InlineData(""" "type": "signature", "consent": "I agree." """, "{ \"name\": \"\\u200b\\u200b\" }")]
    [InlineData(""" "type": "signature", "consent": "I agree." """, "\"😀\"")]
    [InlineData(""" "type": "text", "pattern": "[a-z]+" """, "\"abc1\"")]
    [InlineData(""" "type": "text", "pattern": "[a-z]+" """, "\"abc\\n\"")]
    [InlineData(""" "type": "text", "pattern": "a|bc" """, "\"abc\"")]
    [InlineData(""" "type": "number" """, "\"5\"")]
    [InlineData(""" "type": "number" """, "\"NaN\"")]
    [InlineData(""" "type": "number" """, "true")]
    [InlineData(""" "type": "number" """, "[5]")]
    [InlineData(""" "type": "number" """, "1e400")]
    [InlineData(""" "type": "number" """, "-1e400")]
    [InlineData(""" "type": "number" """, "79228162514264337593543950336")]
    [InlineData(""" "type": "number", "min": 0 """, "-0.0000000001")]
    [InlineData(""" "type": "number", "max": 10 """, "10.0000000001")]
    [InlineData(""" "type": "number", "step": 0.1 """, "0.35")]
    [InlineData(""" "type": "number", "min": 0.05, "step": 0.1 """, "0.2")]
    [InlineData(""" "type": "number", "min": -7, "step": 5 """, "4")]
    [InlineData(""" "type": "number", "min": -79228162514264337593543950335, "step": 2 """, "79228162514264337593543950334")]
    [InlineData(""" "type": "integer" """, "5.5")]
    [InlineData(""" "type": "date" """, "\"2026-02-29\"")]
    [InlineData(""" "type": "date" """, "\"22.11.2026\"")]
    [InlineData(""" "type": "date" """, "\"2026-11-22T00:00\"")]
    [InlineData(""" "type": "date" """, "20261122")]
    [InlineData(""" "type": "date", "min": "2026-11-22" """, "\"2026-11-21\"")]
    [InlineData(""" "type": "date", "max": "2026-11-22" """, "\"2026-11-23\"")]
    [InlineData(""" "type": "time" """, "\"24:00\"")]
    [InlineData(""" "type": "time" """, "\"2 pm\"")]
    [InlineData(""" "type": "time", "min": "08:00" """, "\"07:59:59\"")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22\"")]
    [InlineData(""" "type": "dateTime" """, "\"14:30T\"")]
    [InlineData(""" "type": "dateTime" """, "\"T14:30\"")]
    [InlineData(""" "type": "dateTime" """, "\"Tuesday, 24 November 2026 12:00\"")]
    [InlineData(""" "type": "dateTime" """, "\"0001-01-01T00:00:00+14:00\"")]
    [InlineData(""" "type": "dateTime" """, "\"2026-11-22T14:30:00+99:00\"")]
    [InlineData(""" "type": "dateTime", "max": "2026-11-22T00:00:00Z" """, "\"2026-11-22T00:30:00+00:15\"")]
    [InlineData(""" "type": "email" """, "\"a@b\"")]
    [InlineData(""" "type": "email" """, "\"a@b..example\"")]
    [InlineData(""" "type": "email" """, "\"Ada <a@example.com>\"")]
    [InlineData(""" "type": "email" """, "\"a@example.com, b@example.com\"")]
    [InlineData(""" "type": "email" """, "\"a@example.com\\r\\nBcc: b@example.com\"")]
    [InlineData(""" "type": "url" """, "\"javascript:alert(1)\"")]
    [InlineData(""" "type": "url" """, "\"//example.com\"")]
    [InlineData(""" "type": "url" """, "\"file:///etc/passwd\"")]
    [InlineData(""" "type": "url" """, "\"example.com\"")]
    [InlineData(""" "type": "boolean" """, "\"true\"")]
    [InlineData(""" "type": "boolean" """, "1")]
    [InlineData($$""" "type": "choice", {{Options}} """, "\"c\"")]
    [InlineData($$""" "type": "choice", {{Options}} """, "\" a \"")]
    [InlineData($$""" "type": "choice", {{Options}} """, "\"A\"")]
    [InlineData($$""" "type": "choice", {{Options}} """, "[\"a\"]")]
    [InlineData($$""" "type": "multiChoice", {{Options}} """, "\"a\"")]
    [InlineData($$""" "type": "multiChoice", {{Options}} """, "[\"a\", \"c\"]")]
    [InlineData($$""" "type": "multiChoice", {{Options}} """, "[\"a\", \"a\"]")]
    [InlineData($$""" "type": "multiChoice", {{Options}} """, "[null]")]
    public void A_bad_value_is_refused(string field, string value) =>
        Assert.Equal(["/values/f"], FormGiven.Refused(Form(field), $$"""{ "f": {{value}} }"""));

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|a)*b")]
    public void A_catastrophic_pattern_costs_little_time(string pattern)
    {
        var form = Form($""" "type": "text", "pattern": {Json.Quote(pattern)} """);
        var clock = Stopwatch.StartNew();

        Assert.Equal(["/values/f"], FormGiven.Refused(form, $$"""{ "f": "{{new string('a', 20_000)}}" }"""));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("(?=(a+)+b)a+b")]
    [InlineData(@"(a+)+\1b")]
    [InlineData("(?=.*[0-9])(?=.*[a-z]).{4,}")]
    public void A_form_of_patterns_that_were_saved_before_they_were_refused_costs_little_time(string pattern)
    {
        var fields = Enumerable.Range(0, 100).Select(i =>
            $$"""{ "name": "f{{i}}", "type": "text", "pattern": {{Json.Quote(pattern)}} }""");
        var form = Core.Forms.Form.Read(Json.Element($$"""{ "fields": [{{string.Join(',', fields)}}] }"""));
        var values = new System.Text.Json.Nodes.JsonObject(form.Fields.Select(field =>
            KeyValuePair.Create(field.Name, (System.Text.Json.Nodes.JsonNode?)new string('a', 20_000))));
        var clock = Stopwatch.StartNew();

        Assert.IsType<FormInput.Invalid>(FormInput.Check(form, values, 1000));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(""" "type": "text" """)]
    [InlineData(""" "type": "number" """)]
    [InlineData(""" "type": "date" """)]
    [InlineData(""" "type": "email" """)]
    [InlineData(""" "type": "boolean" """)]
    [InlineData($$""" "type": "choice", {{Options}} """)]
    [InlineData($$""" "type": "multiChoice", {{Options}} """)]
    [InlineData(""" "type": "file" """)]
    public void What_is_required_must_be_there(string field)
    {
        foreach (var values in (string[])["{}", """{ "f": null }""", """{ "f": "" }""", """{ "f": " \n" }""", """{ "f": [] }"""])
        {
            Assert.Equal(["/values/f"], FormGiven.Refused(Form(field + """, "required": true"""), values));
            Assert.Equal(values == "{}" ? "{}" : """{"f":null}""", FormGiven.Accepted(Form(field), values));
        }
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var form = FormGiven.Form(
            """{ "name": "a", "type": "text", "required": true }""",
            """{ "name": "b", "type": "number" }""",
            """{ "name": "c", "type": "text" }""");

        Assert.Equal(
            ["/values/x~1y~0", "/values/__proto__", "/values/a", "/values/b"],
            FormGiven.Refused(form, """{ "b": "1", "x/y~": 1, "__proto__": {}, "c": "ok" }"""));
    }

    [Fact]
    public void A_field_that_is_not_in_the_form_is_refused_in_any_other_spelling_too() =>
        Assert.Equal(["/values/F", "/values/"], FormGiven.Refused(Form(""" "type": "text" """), """{ "F": "x", "": 1 }"""));

    [Fact]
    public void A_body_full_of_unknown_fields_is_not_answered_with_many_times_its_size()
    {
        var values = "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"x{i}\":1")) + "}";

        Assert.InRange(FormGiven.Refused(Form(""" "type": "text" """), values).Count(), 1, 100);
    }

    [Fact]
    public void The_designers_own_message_is_used()
    {
        var form = Form(""" "type": "number", "required": true, "message": "So nicht." """);

        foreach (var values in (string[])["{}", """{ "f": "x" }"""])
        {
            var problem = Assert.Single(Assert.IsType<FormInput.Invalid>(FormGiven.Check(form, values)).Problems);
            Assert.Equal(new InputProblem("f", "/values/f", "So nicht."), problem);
        }
    }

    [Fact]
    public void A_label_with_braces_is_no_format()
    {
        var form = Form(""" "type": "number", "label": "{0} {1:N9999} {" """);

        var problem = Assert.Single(Assert.IsType<FormInput.Invalid>(FormGiven.Check(form, """{ "f": "x" }""")).Problems);
        Assert.StartsWith("{0} {1:N9999} {", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "f": "hacked" }""")]
    [InlineData("""{ "f": 5 }""")]
    [InlineData("{}")]
    public void What_is_sent_for_a_read_only_field_is_ignored(string values)
    {
        Assert.Equal("""{"f":"own"}""", FormGiven.Accepted(Form(""" "type": "text", "readOnly": true, "value": "own" """), values));
        Assert.Equal("{}", FormGiven.Accepted(Form(""" "type": "text", "readOnly": true, "required": true """), values));
    }

    [Fact]
    public void What_is_prefilled_is_not_what_was_answered() =>
        Assert.Equal("{}", FormGiven.Accepted(Form(""" "type": "text", "value": "prefilled" """), "{}"));

    [Fact]
    public void What_is_sent_for_a_field_that_is_not_visible_is_not_checked_and_becomes_null()
    {
        var form = FormGiven.Form(
            """{ "name": "a", "type": "boolean" }""",
            """{ "name": "b", "type": "number", "required": true, "visibleWhen": { "field": "a", "equals": true } }""");

        Assert.Equal("""{"a":false,"b":null}""", FormGiven.Accepted(form, """{ "a": false, "b": "no number" }"""));
        Assert.Equal("""{"b":null}""", FormGiven.Accepted(form, """{ "b": 5 }"""));
        Assert.Equal("{}", FormGiven.Accepted(form, "{}"));
        Assert.Equal(
            """{"b":null}""",
            Assert.IsType<FormInput.Valid>(FormInput.Check(form, [], 0, Json.Object("""{ "b": 4 }"""))).Values.ToJsonString());
        Assert.Equal("""{"a":true,"b":5}""", FormGiven.Accepted(form, """{ "a": true, "b": 5 }"""));
        Assert.Equal(["/values/b"], FormGiven.Refused(form, """{ "a": true }"""));
    }
}
