using System.Text.Json;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Tests.RuleSets;

public sealed class BoundingPagesAndReminders
{
    [Fact]
    public void A_table_of_many_columns_options_and_rows_is_refused_at_its_form()
    {
        var problem = Assert.Single(Problems(Rows(20, 500, 200, "radio")));

        Assert.Equal("/actions/0/form", problem.Pointer);
        Assert.Contains("'lines' alone", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Problems(Rows(20, 500, 200, "radio"), trusted: true));
    }

    [Fact]
    public void A_form_of_many_fields_with_many_options_is_refused_on_pages_too()
    {
        var fields = string.Join(",", Enumerable.Range(0, 150).Select(i =>
            $$"""{ "name": "f{{i}}", "type": "choice", "display": "radio", "options": [{{Options(300)}}] }"""));

        Assert.Single(Problems($$"""{ "fields": [{{fields}}] }"""));
        Assert.Single(Problems($$"""{ "pages": [{ "fields": [{{fields}}] }] }"""));
    }

    [Fact]
    public void A_text_counts_in_its_longest_language_and_as_it_stands_in_the_page()
    {
        var help = new string('ж', 1900);
        var columns = string.Join(",", Enumerable.Range(0, 10).Select(i =>
            $$"""{ "name": "c{{i}}", "type": "text", "help": { "en": "short", "pl": "{{help}}" } }"""));

        Assert.Single(Problems($$"""{ "fields": [{ "name": "lines", "type": "table", "maxRows": 50, "fields": [{{columns}}] }] }"""));
    }

    [Theory]
    [InlineData(8, 20, 50, "dropdown")]
    [InlineData(2, 500, 50, "dropdown")]
    [InlineData(4, 5, 100, "radio")]
    public void What_people_ask_for_is_taken(int columns, int options, int rows, string display) =>
        Assert.Empty(Problems(Rows(columns, options, rows, display)));

    [Theory]
    [InlineData("""{ "everyHours": 0.2 }""", "/actions/0/remind/everyHours")]
    [InlineData("""{ "beforeDueHours": [2, 1.9] }""", "/actions/0/remind/beforeDueHours/1")]
    [InlineData("[4, 2, 4]", "/actions/0/remind/2")]
    public void Automatic_reminders_of_a_new_rule_set_are_fifteen_minutes_apart(string remind, string pointer)
    {
        var problem = Assert.Single(Problems("""{ "fields": [{ "name": "ok", "type": "boolean" }] }""", remind));

        Assert.Equal(pointer, problem.Pointer);
        Assert.Empty(Problems("""{ "fields": [{ "name": "ok", "type": "boolean" }] }""", remind, trusted: true));
    }

    [Fact]
    public void Reminders_fifteen_minutes_apart_are_taken() => Assert.Empty(Problems(
        """{ "fields": [{ "name": "ok", "type": "boolean" }] }""", """{ "everyHours": 0.25, "beforeDueHours": [2, 1.75] }"""));

    private static string Rows(int columns, int options, int rows, string display) => $$"""
        { "fields": [{ "name": "lines", "type": "table", "maxRows": {{rows}}, "fields": [{{string.Join(",", Enumerable.Range(0, columns).Select(i =>
            $$"""{ "name": "c{{i}}", "type": "choice", "display": "{{display}}", "options": [{{Options(options)}}] }"""))}}] }] }
        """;

    private static string Options(int count) => string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{ "value": "o{{i}}" }"""));

    private static Problems Problems(string form, string? remind = null, bool trusted = false)
    {
        var problems = new Problems { Stored = trusted };
        RuleSetReader.Read(
            JsonElement.Parse($$"""
                { "actions": [{ "type": "humanTask", "name": "ask", "assignee": "a@example.com", "title": "t", "form": {{form}},
                  "dueInHours": 100 {{(remind is null ? "" : $", \"remind\": {remind}")}} }] }
                """),
            problems,
            new RuleSetLimits(TimeSpan.FromDays(90), true),
            trusted);
        return problems;
    }
}
