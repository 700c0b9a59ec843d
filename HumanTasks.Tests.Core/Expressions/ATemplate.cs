using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Tests.Expressions;

public sealed class ATemplate
{
    private const string Context =
        """
        {
          "name": "Ada", "amount": 12.50, "big": 1e3, "paid": true, "nothing": null, "empty": "",
          "tags": ["a", "b"], "invoice": { "number": "R-7", "lines": [ { "sku": "X" } ] },
          "müller": "Grüße", "__proto__": { "polluted": "no" }, "tricky": "{{name}}"
        }
        """;

    [Theory]
    [InlineData("{{name}}", "\"Ada\"")]
    [InlineData("{{ name }}", "\"Ada\"")]
    [InlineData("{{amount}}", "12.50")]
    [InlineData("{{paid}}", "true")]
    [InlineData("{{nothing}}", "null")]
    [InlineData("{{tags}}", """["a","b"]""")]
    [InlineData("{{tags.1}}", "\"b\"")]
    [InlineData("{{invoice.lines.0.sku}}", "\"X\"")]
    [InlineData("{{invoice}}", """{"number":"R-7","lines":[{"sku":"X"}]}""")]
    [InlineData("{{__proto__.polluted}}", "\"no\"")]
    public void Alone_in_its_text_a_path_passes_the_value_with_its_type(string text, string expected)
    {
        var value = Parse(text).Render(Scope());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), value), value?.ToJsonString());
    }

    [Theory]
    [InlineData("Hello {{name}}!", "Hello Ada!")]
    [InlineData(" {{amount}}", " 12.50")]
    [InlineData("{{big}} EUR", "1e3 EUR")]
    [InlineData("{{paid}}{{nothing}}{{empty}}", "true")]
    [InlineData("{{tags}} of {{name}}", """["a","b"] of Ada""")]
    [InlineData("{{müller}}, {{name}}", "Grüße, Ada")]
    [InlineData("no template", "no template")]
    [InlineData("a } b }} c { d", "a } b }} c { d")]
    [InlineData("", "")]
    public void Inside_a_text_values_are_formatted(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Render(Scope())!.GetValue<string>());

    [Fact]
    public void Text_in_lists_and_objects_stays_readable() =>
        Assert.Equal(
            """of ["Müller & Söhne",{"a":"<b>"}]""",
            Parse("of {{x}}").RenderText(new Scope(Json.Object("""{ "x": ["Müller & Söhne", { "a": "<b>" }] }"""))));

    [Fact]
    public void A_value_that_looks_like_a_template_stays_a_value() =>
        Assert.Equal("so {{name}}", Parse("so {{tricky}}").RenderText(Scope()));

    [Fact]
    public void A_rendered_value_is_a_copy()
    {
        var context = Json.Object(Context);
        Parse("{{tags}}").Render(new Scope(context))!.AsArray().Add("c");

        Assert.Equal(2, context["tags"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{{nobody}}", "nobody")]
    [InlineData("Hello {{ nobody.at.all }}", "nobody.at.all")]
    [InlineData("{{tags.2}}", "tags.2")]
    [InlineData("{{tags.-1}}", "tags.-1")]
    [InlineData("{{tags.99999999999999999999}}", "tags.99999999999999999999")]
    [InlineData("{{name.length}}", "name.length")]
    [InlineData("{{Name}}", "Name")]
    [InlineData("{{constructor}}", "constructor")]
    public void An_unknown_path_is_named(string text, string missing)
    {
        var scope = Scope();
        Parse(text).Render(scope);

        Assert.Equal([missing], scope.Missing);
    }

    [Theory]
    [InlineData("{{nobody?}}", null)]
    [InlineData("{{ nobody ? }}", null)]
    [InlineData("Hello {{nobody?}}.", "Hello .")]
    [InlineData("{{name?}}", "Ada")]
    public void An_optional_path_is_empty_where_it_leads_nowhere(string text, string? expected)
    {
        var scope = Scope();

        Assert.Equal(expected, Parse(text).Render(scope)?.GetValue<string>());
        Assert.Empty(scope.Missing);
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("{{name")]
    [InlineData("{{}}")]
    [InlineData("{{ }}")]
    [InlineData("{{?}}")]
    [InlineData("{{name??}}")]
    [InlineData("{{a b}}")]
    [InlineData("{{.a}}")]
    [InlineData("{{a..b}}")]
    [InlineData("{{a.}}")]
    [InlineData("{{a[0]}}")]
    [InlineData("{{a/b}}")]
    [InlineData("{{{name}}}")]
    [InlineData("{{#if a}}")]
    [InlineData("{{name}} and {{")]
    public void What_is_no_path_cannot_be_a_template(string text)
    {
        Assert.Null(Template.TryParse(text, out var problem));
        Assert.NotNull(problem);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_path_cannot_be_a_template()
    {
        Assert.Null(Template.TryParse($"{{{{{new string('a', 201)}}}}}", out _));
        Assert.Null(Template.TryParse($"{{{{{string.Join('.', Enumerable.Repeat("a", 100))}}}}}", out _));
    }

    [Fact]
    public void A_link_is_found_before_the_context_and_is_never_missing()
    {
        var scope = new Scope(Json.Object("""{ "approval": "from the context" }"""), key => key == "approval" ? "https://x/review/t" : null);

        Assert.Equal("https://x/review/t", Parse("{{approval}}").Render(scope)!.GetValue<string>());
        Assert.Equal("go: https://x/review/t", Parse("go: {{approval?}}").RenderText(scope));
        Assert.Equal("[go](https://x/review/t)", Parse("[go]({{approval}})").RenderMarkdown(scope));
        Assert.Empty(scope.Missing);
    }

    [Theory]
    [InlineData("**bold** _it_ `code`", @"\*\*bold\*\* \_it\_ \`code\`")]
    [InlineData("<script>alert(1)</script>", @"\<script\>alert(1)\</script\>")]
    [InlineData("[x](javascript:alert(1))", @"\[x\](javascript:alert(1))")]
    [InlineData("![x](http://evil/pixel.png)", @"\!\[x\](http\://evil/pixel.png)")]
    [InlineData("a\n# b\n> c\n- d\n1. e\n2) f", "a\n\\# b\n\\> c\n\\- d\n1\\. e\n2\\) f")]
    [InlineData("a\n===\n", "a\n\\===\n")]
    [InlineData("a | b", @"a \| b")]
    [InlineData("&amp; &lt;", @"\&amp; \&lt;")]
    [InlineData("www.evil.example", @"www\.evil.example")]
    [InlineData("1200.50 EUR (net), 3-4 days", "1200.50 EUR (net), 3-4 days")]
    [InlineData("back\\slash\\", @"back\\slash\\")]
    [InlineData("    code", "&#32;&#32;&#32;&#32;code")]
    [InlineData("a\n\n\tcode", "a\n\n&#9;code")]
    [InlineData("~~~\nfence", "\\~\\~\\~\nfence")]
    [InlineData("Grüße 🎉", "Grüße 🎉")]
    public void A_value_cannot_become_markup(string value, string expected) =>
        Assert.Equal($"*{expected}*", Parse("*{{x}}*").RenderMarkdown(With(value)));

    [Theory]
    [InlineData("https://example.com/a_b?c=*d*&e=[f](g)")]
    [InlineData("http://example.com")]
    public void An_address_becomes_a_link_to_itself(string address) =>
        Assert.Equal($"see <{address}>", Parse("see {{x}}").RenderMarkdown(With(address)));

    [Theory]
    [InlineData("https://a b")]
    [InlineData("https://a>[x](http://evil)")]
    [InlineData("https://a\n[x](http://evil)")]
    [InlineData("https://a\u0001[x](http://evil)")]
    [InlineData("https://a\u007f[x](http://evil)")]
    [InlineData("https://a\t**b**")]
    [InlineData("javascript:alert(1)")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    [InlineData("see https://a")]
    public void What_only_begins_like_an_address_is_escaped(string value)
    {
        var markdown = Parse("{{x}}!").RenderMarkdown(With(value));

        Assert.DoesNotContain('<', markdown.Replace("\\<", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{{x}}{{x}}")]
    [InlineData("""["{{x}}", "{{x}}"]""")]
    [InlineData("""{ "{}": "{{x}}" }""")]
    public void A_value_cannot_grow_without_end(string template)
    {
        var parsed = ValueTemplate.Parse(Json.Element(template[0] == '{' && template[1] == '{' ? Json.Quote(template) : template), "", []);
        var context = new JsonObject { ["x"] = "lol" };
        for (var i = 0; i < 100; i++)
        {
            var scope = new Scope(context);
            var next = parsed.Render(scope);
            if (scope.IsTooLarge)
            {
                return;
            }

            context = new JsonObject { ["x"] = next };
        }

        Assert.Fail("It grew a hundred times.");
    }

    [Fact]
    public void Values_of_ordinary_size_are_not_too_large()
    {
        var scope = With(new string('a', 1_000_000));
        Parse("{{x}}").Render(scope);

        Assert.False(scope.IsTooLarge);
    }

    [Fact]
    public void What_its_author_wrote_stays_markdown() =>
        Assert.Equal("**{a}** \\*", Parse("**{a}** {{x}}").RenderMarkdown(With("*")));

    [Fact]
    public void Deep_in_a_value_templates_are_resolved_and_names_are_not()
    {
        var problems = new Problems();
        var template = ValueTemplate.Parse(
            Json.Element("""{ "a": ["{{amount}}", 1, null, true, { "{{name}}": "by {{name}}" }], "__proto__": "{{name}}" }"""), "", problems);

        Assert.Empty(problems);
        Assert.Equal(
            """{"a":[12.50,1,null,true,{"{{name}}":"by Ada"}],"__proto__":"Ada"}""",
            template.Render(Scope())!.ToJsonString());
        Assert.Equal(["amount", "name", "name"], template.Paths.Select(path => path.Text));
    }

    [Fact]
    public void Deep_in_a_value_every_problem_has_its_pointer()
    {
        var problems = new Problems();
        ValueTemplate.Parse(Json.Element("""{ "a/b": ["ok", "{{"], "c~": { "d": "{{ }}" } }"""), "/values", problems);

        Assert.Equal(["/values/a~1b/1", "/values/c~0/d"], problems.Select(problem => problem.Pointer));
    }

    private static Template Parse(string text) =>
        Template.TryParse(text, out var problem) ?? throw new InvalidOperationException(problem);

    private static Scope Scope() => new(Json.Object(Context));

    private static Scope With(string value) => new(new JsonObject { ["x"] = value });
}
