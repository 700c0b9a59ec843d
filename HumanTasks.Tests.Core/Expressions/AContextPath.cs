using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Tests.Expressions;

public sealed class AContextPath
{
    [Theory]
    [InlineData("a")]
    [InlineData("invoice.number")]
    [InlineData("a-b_c.0.D9")]
    [InlineData("größe")]
    [InlineData("__proto__")]
    public void Has_names_of_letters_digits_underscores_and_hyphens(string text) =>
        Assert.Equal(text, ContextPath.TryParse(text)!.Text);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a/b")]
    [InlineData("a[0]")]
    [InlineData("$")]
    [InlineData("a\u0000")]
    [InlineData("🎉")]
    public void Anything_else_is_none(string text) => Assert.Null(ContextPath.TryParse(text));

    [Fact]
    public void Has_at_most_200_characters_and_20_names()
    {
        Assert.NotNull(ContextPath.TryParse(new string('a', 200)));
        Assert.Null(ContextPath.TryParse(new string('a', 201)));
        Assert.NotNull(ContextPath.TryParse(string.Join('.', Enumerable.Repeat("a", 20))));
        Assert.Null(ContextPath.TryParse(string.Join('.', Enumerable.Repeat("a", 21))));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b", true)]
    [InlineData("a.b.c", false)]
    [InlineData("list.0", true)]
    [InlineData("list.1", false)]
    [InlineData("list.00", true)]
    [InlineData("list.x", false)]
    [InlineData("nothing", true)]
    [InlineData("nothing.x", false)]
    [InlineData("A", false)]
    public void Is_found_or_leads_nowhere(string path, bool found) => Assert.Equal(
        found,
        ContextPath.TryParse(path)!.TryFind(Json.Object("""{ "a": { "b": 1 }, "list": [1], "nothing": null }"""), out _));

    [Theory]
    [InlineData("{}", "a.b.c", """{"a":{"b":{"c":1}}}""")]
    [InlineData("""{"a":{"x":0}}""", "a.b", """{"a":{"x":0,"b":1}}""")]
    [InlineData("""{"a":5}""", "a.b", """{"a":{"b":1}}""")]
    [InlineData("""{"a":null}""", "a.b", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":2}}""", "a", """{"a":1}""")]
    [InlineData("{}", "__proto__.x", """{"__proto__":{"x":1}}""")]
    public void Puts_a_value_and_makes_the_objects_on_the_way(string before, string path, string after)
    {
        var context = Json.Object(before);
        ContextPath.TryParse(path)!.Put(context, JsonValue.Create(1));

        Assert.Equal(after, context.ToJsonString());
    }
}
