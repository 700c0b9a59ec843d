using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Web.Components;

namespace HumanTasks.Tests.Expressions;

public sealed class AValueInMarkdown
{
    [Theory]
    [InlineData("**bold** _it_ `code` ~~gone~~")]
    [InlineData("[x](http://evil) ![x](http://evil/pixel.png) <http://evil> http://evil www.evil.example")]
    [InlineData("[x]: http://evil\n\n[x]")]
    [InlineData("# h\n\n- a\n\n+ b\n\n1. c\n\n2) d\n\n> e\n\n    code\n\n~~~\nfence\n\n---\n\na\n===\n\na\n---")]
    [InlineData("a | b\n--|--\n1 | 2")]
    [InlineData("<b>x</b> <!-- c --> &copy;")]
    public void A_value_is_plain_text_once_it_is_rendered(string value) =>
        Assert.DoesNotMatch("<(?!/?p>)", Rendered(value));

    [Theory]
    [InlineData("https://a>[x](http://evil)")]
    [InlineData("https://a\n[x](http://evil)")]
    [InlineData("https://a\t**b**")]
    [InlineData("javascript:alert(1)")]
    public void What_only_begins_like_an_address_is_plain_text_too(string value) => Assert.DoesNotMatch("<(?!/?p>)", Rendered(value));

    private static string Rendered(string value) =>
        SafeMarkdown.ToHtml(Template.TryParse("{{x}}", out _)!.RenderMarkdown(new Scope(new JsonObject { ["x"] = value }))).Value;
}
