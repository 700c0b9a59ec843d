using System.Diagnostics;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Forms;

public sealed class SeeingFields
{
    private static readonly Form Chain = FormGiven.Form(
        """{ "name": "c", "type": "text", "visibleWhen": { "field": "b", "equals": "yes" } }""",
        """{ "name": "b", "type": "text", "visibleWhen": { "field": "a", "equals": "yes" } }""",
        """{ "name": "a", "type": "text" }""");

    [Theory]
    [InlineData("{}", "a")]
    [InlineData("""{ "a": "yes" }""", "a b")]
    [InlineData("""{ "a": "yes", "b": "yes" }""", "a b c")]
    [InlineData("""{ "a": "no", "b": "yes" }""", "a")]
    [InlineData("""{ "b": "yes" }""", "a")]
    public void A_field_that_is_not_visible_counts_as_unanswered_for_others(string values, string visible) =>
        Assert.Equal(visible, See(Chain, values));

    [Fact]
    public void Without_conditions_all_are_visible() =>
        Assert.Equal("a b", See(FormGiven.Form(Text("a"), Text("b")), """{ "x": 1 }"""));

    [Theory]
    [InlineData("""{ "not": { "field": "a", "op": "exists" } }""", "{}", true)]
    [InlineData("""{ "all": [ { "field": "a", "op": "gt", "value": 1 }, { "field": "a", "op": "lt", "value": 3 } ] }""", """{ "a": 2 }""", true)]
    [InlineData("""{ "any": [ { "field": "a", "equals": 1 }, { "field": "a", "equals": 2 } ] }""", """{ "a": 3 }""", false)]
    [InlineData("""{ "field": "a", "op": "contains", "value": "x" }""", """{ "a": ["x", "y"] }""", true)]
    [InlineData("""{ "field": "a", "op": "in", "value": ["x", "y"] }""", """{ "a": "y" }""", true)]
    [InlineData("""{ "field": "a", "equals": true }""", """{ "a": "true" }""", false)]
    public void Conditions_have_the_shape_of_when(string condition, string values, bool visible) => Assert.Equal(
        visible ? "a f" : "a",
        See(FormGiven.Form(Text("a"), $$"""{ "name": "f", "type": "text", "visibleWhen": {{condition}} }"""), values));

    [Fact]
    public void A_read_only_field_counts_with_its_own_value()
    {
        var form = FormGiven.Form(
            """{ "name": "role", "type": "text", "readOnly": true, "value": "clerk" }""",
            """{ "name": "rank", "type": "text", "readOnly": true }""",
            """{ "name": "clerk", "type": "text", "visibleWhen": { "field": "role", "equals": "clerk" } }""",
            """{ "name": "boss", "type": "text", "visibleWhen": { "field": "role", "equals": "boss" } }""",
            """{ "name": "general", "type": "text", "visibleWhen": { "field": "rank", "op": "exists" } }""");

        Assert.Equal("clerk rank role", See(form, """{ "role": "boss", "rank": "general" }"""));
    }

    [Fact]
    public void A_read_only_field_that_is_not_visible_does_not_exist()
    {
        var form = FormGiven.Form(
            Text("a"),
            """{ "name": "b", "type": "text", "readOnly": true, "value": "x", "visibleWhen": { "field": "a", "equals": 1 } }""",
            """{ "name": "c", "type": "text", "visibleWhen": { "field": "b", "op": "exists" } }""");

        Assert.Equal("a", See(form, "{}"));
        Assert.Equal("a b c", See(form, """{ "a": 1 }"""));
    }

    [Fact]
    public void A_circle_of_conditions_comes_to_an_end()
    {
        var form = FormGiven.Form(
            """{ "name": "a", "type": "text", "visibleWhen": { "not": { "field": "b", "op": "exists" } } }""",
            """{ "name": "b", "type": "text", "visibleWhen": { "field": "a", "op": "exists" } }""");

        Assert.NotNull(See(form, """{ "a": "x", "b": "y" }"""));
    }

    [Fact]
    public void A_long_chain_with_long_answers_costs_little_time()
    {
        var fields = Enumerable.Range(0, 200).Select(i => i == 0 ? Text("f0")
            : $$"""{ "name": "f{{i}}", "type": "text", "visibleWhen": { "field": "f{{i - 1}}", "op": "exists" } }""");
        var form = FormGiven.Form([.. fields.Reverse()]);
        var values = "{" + string.Join(',', Enumerable.Range(1, 199).Select(i => $"\"f{i}\":\"{new string('x', 5000)}\"")) + "}";
        var clock = Stopwatch.StartNew();

        Assert.Equal("f0", See(form, values));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static string Text(string name) => $$"""{ "name": "{{name}}", "type": "text" }""";

    private static string See(Form form, string values) =>
        string.Join(' ', Visibility.Of(form, Json.Object(values)).Order(StringComparer.Ordinal));
}
