using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;
using HumanTasks.Web.Components;

namespace HumanTasks.Tests.Expressions;

public sealed partial class AnAddressInATemplate
{
    private const string Context =
        """
        {
          "id": 4500012345, "port": 8443, "code": "INV_2026_001", "due": "2026-12-01", "at": "2026-12-01T12:00:00Z", "amount": 1234.5,
          "odd": "_a_", "end": "a_", "dot": "a.", "hostile": "a b)&c=d#e/../<f>?\"'[g](http://evil)", "müll": "Müller & Söhne 🎉",
          "base": "https://crm.example.com", "query": "https://crm.example.com/a_b?x=(1)&copy;=2", "host": "shop.example:8080",
          "evil": "evil.example/", "user": "a@evil.example", "mail": "ann.b+c@example.com", "script": "javascript:alert(1)", "none": null,
          "two": "https://a.example https://b.example"
        }
        """;

    [Theory]
    [InlineData("https://x.example/{{id}}?d={{due}}&t={{at}}&a={{amount}}", "https://x.example/4500012345?d=2026-12-01&t=2026-12-01T12%3A00%3A00Z&a=1234.5")]
    [InlineData("https://x.example/i/{{code}}", "https://x.example/i/INV_2026_001")]
    [InlineData("https://x.example/i/{{odd}}/{{end}}", "https://x.example/i/_a_/a_")]
    [InlineData("https://x.example/i/{{dot}}", "https://x.example/i/a.")]
    [InlineData("https://x.example/#{{müll}}", "https://x.example/#M%C3%BCller%20%26%20S%C3%B6hne%20%F0%9F%8E%89")]
    [InlineData("https://x.example/{{hostile}}", "https://x.example/a%20b%29%26c%3Dd%23e%2F..%2F%3Cf%3E%3F%22%27%5Bg%5D%28http%3A%2F%2Fevil%29")]
    [InlineData("https://x.example/a?next={{base}}", "https://x.example/a?next=https%3A%2F%2Fcrm.example.com")]
    [InlineData("https://x.example/{{none}}/{{nobody?}}?x=1", "https://x.example//?x=1")]
    [InlineData("{{base}}/orders/{{id}}", "https://crm.example.com/orders/4500012345")]
    [InlineData("{{base}}/orders/{{odd}}", "https://crm.example.com/orders/_a_")]
    [InlineData("http://{{host}}/{{id}}", "http://shop.example:8080/4500012345")]
    [InlineData("http://shop.example:{{port}}/x", "http://shop.example:8443/x")]
    [InlineData("https://x.example/{{id | number}}", "https://x.example/4500012345")]
    public void A_value_goes_in_percent_encoded_and_otherwise_as_it_is(string template, string expected)
    {
        Assert.Equal($"See {expected} now", Parse($"See {template} now").RenderText(Scope()));
        Assert.Equal(expected, Parse(template).RenderAddress(Scope()));
        Assert.Equal([expected], Links($"See {template} now"));
        Assert.Equal([expected], Links($"See ({template}), please."));
        Assert.Equal([expected], Links($"**{template}**"));
        Assert.Equal([expected], Links($"- {template}\n- {{{{id}}}}"));
        Assert.Equal([expected], Links($"[Open {{{{id}}}}]({template})"));
        Assert.Equal([expected], Links($"[Open]({template} \"Title {{{{id}}}}\")"));
        Assert.Equal([expected], Links($"[Open](<{template}>)"));
        Assert.Equal([expected], Links($"![Picture]({template})"));
        Assert.Equal([expected], Links($"<{template}>"));
        Assert.Equal([expected], Links($"[Open][1]\n\n[1]: {template}\n"));
        Assert.Equal([expected, expected], Links($"[Open]({template}) or {template}"));
        Assert.Equal([expected], Links($"| a | b |\n|---|---|\n| {template} | {{{{id}}}} |"));
    }

    [Theory]
    [InlineData("mailto:{{mail}}?subject={{müll}}", "mailto:ann.b%2Bc@example.com?subject=M%C3%BCller%20%26%20S%C3%B6hne%20%F0%9F%8E%89")]
    [InlineData("mailto:a@x.example?body={{hostile}}", "mailto:a@x.example?body=a%20b%29%26c%3Dd%23e%2F..%2F%3Cf%3E%3F%22%27%5Bg%5D%28http%3A%2F%2Fevil%29")]
    [InlineData("mailto:{{user}}", "mailto:a@evil.example")]
    public void So_it_does_where_a_link_writes_a_mail(string template, string expected)
    {
        Assert.Equal([expected], Links($"[Write]({template})"));
        Assert.Equal($"or {expected} now", Parse($"or {template} now").RenderText(Scope()));
    }

    [Theory]
    [InlineData("[Open]({{base}})", "https://crm.example.com")]
    [InlineData("{{base}}", "https://crm.example.com")]
    [InlineData("({{base}}).", "https://crm.example.com")]
    [InlineData("<{{base}}>", "https://crm.example.com")]
    [InlineData("[Open]({{query}})", "https://crm.example.com/a_b?x=%281%29&amp;copy;=2")]
    [InlineData("{{query}}", "https://crm.example.com/a_b?x=(1)&amp;copy;=2")]
    [InlineData("[{{base}}]({{base}})", "https://crm.example.com")]
    [InlineData("[Open]({{approvalLink}})", "https://ask.example/review/t_o-")]
    [InlineData("Please decide: {{approvalLink}}", "https://ask.example/review/t_o-")]
    [InlineData("{{approvalLink}}.", "https://ask.example/review/t_o-")]
    [InlineData("https://x.example/login?next={{approvalLink}}", "https://x.example/login?next=https%3A%2F%2Fask.example%2Freview%2Ft_o-")]
    public void An_address_by_itself_stays_one(string template, string expected) => Assert.Equal([expected], Links(template));

    [Theory]
    [InlineData("[Open]({{script}})")]
    [InlineData("<{{script}}>")]
    [InlineData("[Open]({{hostile}})")]
    [InlineData("<{{hostile}}>")]
    [InlineData("[Open]({{two}})")]
    [InlineData("{{script}}://{{hostile}}")]
    [InlineData("[{{hostile}}](x)")]
    [InlineData("`{{hostile}}`")]
    public void What_is_no_address_becomes_none(string template) => Assert.Empty(Links(template));

    [Theory]
    [InlineData("https://{{evil}}.example.com/", "https://evil.example%2F.example.com/")]
    [InlineData("https://{{user}}/", "https://a%40evil.example/")]
    [InlineData("https://shop.example.com{{evil}}", "https://shop.example.comevil.example%2F")]
    public void No_value_leaves_the_host_in_which_it_stands(string template, string expected) =>
        Assert.Equal(expected, Parse(template).RenderAddress(Scope()));

    [Fact]
    public void No_value_writes_a_link_or_markup_wherever_an_author_has_it()
    {
        string[] pieces =
        [
            "{{x}}", "{{x}}", "{{x}}", "{{y}}", "{{x | text}}", "{{base}}", "https://crm.example.com/", "mailto:a@crm.example.com?s=", "www.crm.example.com/", "://", "/", "?a=", "#",
            "[", "]", "](", ")", "(", "<", ">", "`", "```\n", "~~~\n", "\n", "\n\n", "    ", " ", "\"", "'", "\\", "*", "_", "|", "\n|---|---|\n", "!", "[1]: ", "- ", "> ", "# ", "a",
        ];
        string[] values =
        [
            "x](http://evil.example/a) <http://evil.example/b> http://evil.example/c www.evil.example **b** `c` [d]: http://evil.example",
            ")[g](http://evil.example)", ">[g](http://evil.example)<", "\"[g](http://evil.example)\"", "`[g](http://evil.example)`", "\n\n[g](http://evil.example)\n\n# h",
            "//evil.example", "@evil.example", "evil.example", "http:", "[1]: http://evil.example", "***", "](", "\\",
        ];
        var random = new Random(20);
        for (var round = 0; round < 20_000; round++)
        {
            var template = string.Concat(random.GetItems(pieces, random.Next(1, 12)));
            var scope = new Scope(new JsonObject { ["x"] = random.GetItems(values, 1)[0], ["y"] = random.GetItems(values, 1)[0], ["base"] = "https://crm.example.com" });
            var harmless = new Scope(new JsonObject { ["x"] = "v", ["y"] = "v", ["base"] = "https://crm.example.com" });

            var html = SafeMarkdown.ToHtml(Parse(template).RenderMarkdown(scope)).Value;

            var leads = Hrefs().Matches(html).Select(link => link.Groups[1].Value).FirstOrDefault(link => new Uri(link) is { Host: "evil.example" or "www.evil.example" });
            Assert.True(
                leads is null || Hrefs().Matches(SafeMarkdown.ToHtml(Parse(template).RenderMarkdown(harmless)).Value).Any(link => link.Groups[1].Value.Contains("//v", StringComparison.Ordinal)),
                $"{template} with {scope.Find(ContextPath.TryParse("x")!, true)} leads to {leads}");
            Assert.DoesNotContain("<strong>b</strong>", html, StringComparison.Ordinal);
            Assert.DoesNotContain(">g</a>", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{{id}} {{amount}} {{due}}", "4500012345 1,234.50 1 December 2026")]
    [InlineData("https://x.example/ {{id}} {{due}}", "https://x.example/ 4500012345 1 December 2026")]
    [InlineData("[x](https://x.example/) {{due}} {{code}}", @"[x](https://x.example/) 1 December 2026 INV\_2026\_001")]
    [InlineData("https://x.example/、{{due}}", "https://x.example/、1 December 2026")]
    [InlineData("(https://x.example/{{id}}){{due}}", "(https://x.example/4500012345)1 December 2026")]
    [InlineData("[{{due}}](https://x.example/{{due}})", "[1 December 2026](https://x.example/2026-12-01)")]
    [InlineData("a](b {{due}} c)", "a](b 1 December 2026 c)")]
    [InlineData("`https://x.example/{{end}}` {{amount}}", "`https://x.example/a_` 1,234.50")]
    public void A_sentence_around_an_address_stays_a_sentence(string template, string expected) =>
        Assert.Equal(expected, Parse(template).RenderMarkdown(Scope(), forPeople: true));

    [Theory]
    [InlineData("-4500012345", @"\-4500012345")]
    [InlineData("5000", "5000")]
    [InlineData("1e3", "1000")]
    [InlineData("12.5", "12.5")]
    [InlineData("1250.0", "1,250.00")]
    [InlineData("79228162514264337593543950336", "79228162514264337593543950336")]
    public void Whole_numbers_are_not_grouped_in_a_sentence(string json, string expected) =>
        Assert.Equal($"of {expected}", Parse("of {{x}}").RenderMarkdown(new Scope(Json.Object($$"""{ "x": {{json}} }""")), forPeople: true));

    [Theory]
    [InlineData("](")]
    [InlineData("[a](b \"")]
    [InlineData("](a](")]
    [InlineData("<https:")]
    [InlineData("[a]: <")]
    [InlineData("a")]
    [InlineData("(")]
    public void A_long_template_is_read_in_bounded_time(string part)
    {
        var template = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length)) + "{{id}}";

        Assert.EndsWith("4500012345", Parse(template).RenderMarkdown(Scope()), StringComparison.Ordinal);
    }

    private static string[] Links(string template) =>
        [.. Hrefs().Matches(SafeMarkdown.ToHtml(Parse(template).RenderMarkdown(Scope(), forPeople: true)).Value).Select(link => link.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal).Replace("&copy", "&amp;copy", StringComparison.Ordinal))];

    private static Template Parse(string text) =>
        Template.TryParse(text, out var problem) ?? throw new InvalidOperationException(problem);

    private static Scope Scope() => new(Json.Object(Context), key => key == "approvalLink" ? "https://ask.example/review/t_o-" : null);

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Hrefs();
}
