using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Tests.Expressions;

public sealed class ACondition
{
    private const string Context =
        """
        {
          "amount": 1000, "price": 1.50, "name": "Ada", "paid": true, "nothing": null, "day": "2026-11-22",
          "newYear": "2026-12-31T23:30:00Z", "lower": "2026-12-31t23:30:00.50z", "times": ["2026-12-31T23:30:00Z"],
          "empty": "", "blank": " \u00a0\u3000\t\n\u0085", "invisible": "\u200b\u2060\ufeff\u00ad\udb40\udc41", "none": [], "zero": 0, "no": false, "object": {}, "cells": [{ "x": "\u200b" }],
          "tags": ["a", "b", 1], "box": { "x": 1, "y": [2] }, "huge": 1e400
        }
        """;

    [Theory]
    [InlineData("amount", "eq", "1000", true)]
    [InlineData("amount", "eq", "1000.0", true)]
    [InlineData("amount", "eq", "1e3", true)]
    [InlineData("amount", "eq", "\"1000\"", false)]
    [InlineData("name", "eq", "\"Ada\"", true)]
    [InlineData("name", "eq", "\"ada\"", false)]
    [InlineData("paid", "eq", "true", true)]
    [InlineData("paid", "eq", "1", false)]
    [InlineData("box", "eq", """{ "y": [2.0], "x": 1.0 }""", true)]
    [InlineData("tags", "eq", """["a", "b", 1]""", true)]
    [InlineData("tags", "eq", """["b", "a", 1]""", false)]
    [InlineData("huge", "eq", "1e400", true)]
    [InlineData("nothing", "eq", "null", true)]
    [InlineData("amount", "ne", "1000", false)]
    [InlineData("amount", "ne", "1", true)]
    [InlineData("name", "ne", "null", true)]
    [InlineData("amount", "gt", "999.99", true)]
    [InlineData("amount", "gt", "1000", false)]
    [InlineData("amount", "ge", "1000", true)]
    [InlineData("amount", "lt", "1000.01", true)]
    [InlineData("amount", "lt", "1000", false)]
    [InlineData("amount", "le", "1000", true)]
    [InlineData("amount", "gt", "-79228162514264337593543950335", true)]
    [InlineData("day", "gt", "\"2026-11-21\"", true)]
    [InlineData("day", "lt", "\"2026-11-21\"", false)]
    [InlineData("name", "gt", "5", false)]
    [InlineData("name", "le", "5", false)]
    [InlineData("paid", "ge", "true", false)]
    [InlineData("name", "in", """["Bob", "Ada"]""", true)]
    [InlineData("amount", "in", """["1000", 1000.0]""", true)]
    [InlineData("name", "in", "[]", false)]
    [InlineData("tags", "contains", "\"b\"", true)]
    [InlineData("tags", "contains", "1.0", true)]
    [InlineData("tags", "contains", "\"c\"", false)]
    [InlineData("name", "contains", "\"da\"", true)]
    [InlineData("name", "contains", "\"DA\"", false)]
    [InlineData("amount", "contains", "0", false)]
    [InlineData("newYear", "ge", "\"2027-01-01T00:00:00+01:00\"", true)]
    [InlineData("newYear", "gt", "\"2027-01-01T00:00:00+01:00\"", true)]
    [InlineData("newYear", "lt", "\"2027-01-01T01:00:00+01:00\"", true)]
    [InlineData("newYear", "eq", "\"2027-01-01T00:30:00+01:00\"", true)]
    [InlineData("newYear", "ne", "\"2027-01-01T00:30:00.000+01:00\"", false)]
    [InlineData("newYear", "eq", "\"2026-12-31T18:00-05:30\"", true)]
    [InlineData("newYear", "in", """["2026-01-01T00:00:00Z", "2027-01-01T00:30:00+01:00"]""", true)]
    [InlineData("times", "contains", "\"2027-01-01T00:30:00+01:00\"", true)]
    [InlineData("times", "eq", """["2027-01-01T00:30:00+01:00"]""", true)]
    [InlineData("lower", "gt", "\"2026-12-31T23:30:00Z\"", true)]
    [InlineData("lower", "lt", "\"2026-12-31T23:30:00.51Z\"", true)]
    [InlineData("lower", "eq", "\"2026-12-31T23:30:00.5Z\"", true)]
    [InlineData("newYear", "lt", "\"2027-01-01\"", true)] // no moment: compared as texts
    [InlineData("newYear", "gt", "\"2026-13-01T00:00:00Z\"", false)]
    [InlineData("name", "exists", "true", true)]
    [InlineData("empty", "exists", "true", false)]
    [InlineData("blank", "exists", "true", false)]
    [InlineData("invisible", "exists", "true", false)]
    [InlineData("none", "exists", "true", false)]
    [InlineData("none", "exists", "false", true)]
    [InlineData("cells.0.x", "exists", "true", false)]
    [InlineData("zero", "exists", "true", true)]
    [InlineData("no", "exists", "true", true)]
    [InlineData("object", "exists", "true", true)]
    [InlineData("cells", "exists", "true", true)]
    [InlineData("name", "exists", "false", false)]
    [InlineData("box.y.0", "exists", "null", true)]
    public void Compares_what_is_there(string path, string op, string value, bool holds) =>
        Assert.Equal(holds, Holds($$"""{ "path": "{{path}}", "op": "{{op}}", "value": {{value}} }"""));

    [Theory]
    [InlineData("eq", "null", true)]
    [InlineData("eq", "0", false)]
    [InlineData("eq", "\"\"", false)]
    [InlineData("eq", "false", false)]
    [InlineData("ne", "null", false)]
    [InlineData("ne", "1", true)]
    [InlineData("gt", "0", false)]
    [InlineData("ge", "0", false)]
    [InlineData("lt", "0", false)]
    [InlineData("le", "0", false)]
    [InlineData("le", "null", false)]
    [InlineData("in", "[1]", false)]
    [InlineData("contains", "\"a\"", false)]
    [InlineData("exists", "true", false)]
    [InlineData("exists", "false", true)]
    public void What_is_absent_is_null(string op, string value, bool holds) =>
        Assert.Equal(holds, Holds($$"""{ "path": "nobody.here", "op": "{{op}}", "value": {{value}} }"""));

    [Theory]
    [InlineData("""{ "path": "name", "equals": "Ada" }""", true)]
    [InlineData("""{ "path": "name", "equals": "Bob" }""", false)]
    [InlineData("""{ "path": "nobody", "equals": null }""", true)]
    [InlineData("""{ "path": "name", "value": "Ada" }""", true)]
    public void Equals_is_short_for_eq(string condition, bool holds) => Assert.Equal(holds, Holds(condition));

    [Theory]
    [InlineData("""{ "all": [ { "path": "paid", "equals": true }, { "path": "amount", "op": "gt", "value": 1 } ] }""", true)]
    [InlineData("""{ "all": [ { "path": "paid", "equals": true }, { "path": "amount", "op": "gt", "value": 1e9 } ] }""", false)]
    [InlineData("""{ "any": [ { "path": "paid", "equals": false }, { "path": "amount", "op": "gt", "value": 1 } ] }""", true)]
    [InlineData("""{ "any": [ { "path": "paid", "equals": false } ] }""", false)]
    [InlineData("""{ "not": { "path": "paid", "equals": false } }""", true)]
    [InlineData("""{ "not": { "any": [ { "all": [ { "not": { "path": "paid", "equals": false } } ] } ] } }""", false)]
    public void Nests(string condition, bool holds) => Assert.Equal(holds, Holds(condition));

    [Fact]
    public void Names_every_path_that_it_asks_about() => Assert.Equal(
        ["a", "b.c", "d"],
        Read("""{ "all": [ { "path": "a" }, { "any": [ { "path": "b.c" } ] }, { "not": { "path": "d" } } ] }""").Condition!
            .Paths.Select(path => path.Text));

    [Theory]
    [InlineData("[]", "/if")]
    [InlineData("{}", "/if/path")]
    [InlineData("""{ "path": "a b" }""", "/if/path")]
    [InlineData("""{ "path": 5 }""", "/if/path")]
    [InlineData("""{ "path": "a", "op": "like", "value": 1 }""", "/if/op")]
    [InlineData("""{ "path": "a", "op": "EQ", "value": 1 }""", "/if/op")]
    [InlineData("""{ "path": "a", "op": "in", "value": 1 }""", "/if/value")]
    [InlineData("""{ "path": "a", "op": "in" }""", "/if/value")]
    [InlineData("""{ "path": "a", "equals": 1, "value": 1 }""", "/if/equals")]
    [InlineData("""{ "path": "a", "equals": 1, "op": "ne" }""", "/if/equals")]
    [InlineData("""{ "path": "a", "than": 1 }""", "/if/than")]
    [InlineData("""{ "field": "a", "path": "a" }""", "/if/field")]
    [InlineData("""{ "all": [] }""", "/if/all")]
    [InlineData("""{ "all": {} }""", "/if/all", "/if/all")]
    [InlineData("""{ "any": [ { "path": "a" }, { "path": "" }, 5 ] }""", "/if/any/1/path", "/if/any/2")]
    [InlineData("""{ "not": [ ] }""", "/if/not")]
    [InlineData("""{ "all": [ { "path": "a" } ], "any": [ { "path": "a" } ] }""", "/if/any")]
    public void Every_problem_has_its_pointer(string json, params string[] pointers)
    {
        var (condition, problems) = Read(json);

        Assert.Equal(pointers, problems.Select(problem => problem.Pointer));
        Assert.True(condition is null || problems.Count > 0);
    }

    [Fact]
    public void Nested_too_deeply_is_refused_and_does_not_exhaust_the_stack()
    {
        var json = string.Concat(Enumerable.Repeat("{\"not\":", 30)) + "{\"path\":\"a\"}" + new string('}', 30);

        var (condition, problems) = Read(json);

        Assert.Null(condition);
        Assert.Contains("too deeply", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private static bool Holds(string condition)
    {
        var (read, problems) = Read(condition);
        Assert.Empty(problems);
        return read!.Holds(Json.Object(Context));
    }

    private static (Condition? Condition, Problems Problems) Read(string json)
    {
        var problems = new Problems();
        return (ConditionReader.Read(Json.Element(json), "/if", problems, "path"), problems);
    }
}
