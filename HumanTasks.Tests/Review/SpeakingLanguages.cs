using System.Collections;
using System.Net;
using System.Text.RegularExpressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Review;

/// <summary>Everything that those who are asked read, in their own language.</summary>
public sealed partial class SpeakingLanguages : IAsyncLifetime
{
    private const string Form = """
        { "fields": [{ "name": "amount", "type": "number", "required": true, "value": 1250.5,
            "label": { "en": "Amount", "de": "Betrag", "ar": "المبلغ" }, "help": { "en": "In EUR.", "de": "In EUR, bitte." } }],
          "submitLabel": { "en": "Go", "de": "Los" } }
        """;

    private readonly ReviewSite site = new();

    public static TheoryData<string> Translations() => [.. Languages.All.Skip(1)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Translations))]
    public void No_text_is_missing_empty_or_without_what_is_put_into_it(string language)
    {
        IEnumerable<TextResources> all =
            [Web.Texts.ReviewTexts.Resources, Core.Forms.FormTexts.Resources, Core.Notices.NoticeTexts.Resources, Web.Texts.StudioTexts.Resources];
        foreach (var resources in language == "de" ? all.Append(Web.Texts.StudioAdminTexts.Resources) : all)
        {
            var english = Texts(resources, Languages.Fallback);
            var other = Texts(resources, language);

            Assert.Equal(Expected(english.Keys, language), other.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, text) in other)
            {
                Assert.False(string.IsNullOrWhiteSpace(text), $"{name} is empty in {language}.");
                var (wanted, given) = (Placeholders(english[Plural().Replace(name, ".other")]), Placeholders(text));
                Assert.True(
                    Plural().IsMatch(name) && !name.EndsWith(".other", StringComparison.Ordinal)
                        ? !given.Except(wanted).Any()
                        : wanted.SequenceEqual(given),
                    $"{name} in {language} has other placeholders: {text}");
            }
        }
    }

    [Theory]
    [InlineData("pl", 2, "Najwyżej 2 znaki.")]
    [InlineData("pl", 22, "Najwyżej 22 znaki.")]
    [InlineData("pl", 12, "Najwyżej 12 znaków.")]
    [InlineData("en", 1, "Up to 1 character.")]
    [InlineData("ar", 2, "حرفان على الأكثر.")]
    [InlineData("ar", 5, "5 أحرف على الأكثر.")]
    [InlineData("ar", 40, "40 حرفًا على الأكثر.")]
    public async Task A_hint_counts_as_its_language_does(string language, int length, string hint)
    {
        var path = await site.AskFormAsync($$"""{ "fields": [{ "name": "note", "type": "text", "label": "Note", "maxLength": {{length}} }] }""");

        var (_, page) = await PageAsync(path, language);

        Assert.Contains(hint, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_language_has_a_name_a_direction_and_a_way_to_write_numbers_and_days()
    {
        foreach (var language in Languages.All)
        {
            var culture = Languages.CultureOf(language);

            Assert.NotEmpty(Web.Texts.LanguageName.Of(language));
            Assert.Equal(language == "ar" ? "rtl" : "ltr", Languages.DirectionOf(language));
            Assert.Matches(@"^1[.,\s\u00a0\u202f]?250[.,]50$", 1250.5m.ToString("N2", culture));
            Assert.Contains("2026", Core.Expressions.ForPeople.Date("2026-11-22", culture)!, StringComparison.Ordinal);
        }

        Assert.Equal("2026年11月22日", Core.Expressions.ForPeople.Date("2026-11-22", Languages.CultureOf("ja")));
        Assert.Equal("22. November 2026", Core.Expressions.ForPeople.Date("2026-11-22", Languages.CultureOf("de")));
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-TW, en", "en")]
    [InlineData("tlh, pt-BR;q=0.5", "pt")]
    [InlineData("xx", "en")]
    [InlineData("", "en")]
    public async Task A_page_speaks_the_best_of_what_the_browser_understands(string accepted, string language)
    {
        var path = await site.AskFormAsync(Form);

        var (response, page) = await PageAsync(path, accepted);

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(language, response.Content.Headers.ContentLanguage.Single());
    }

    [Theory]
    [InlineData("de", "Betrag", "Los")]
    [InlineData("ar", "المبلغ", "Go")]
    [InlineData("ja", "Amount", "Go")]
    public async Task A_program_is_given_the_form_in_its_reader_s_language(string language, string label, string submit)
    {
        var path = await site.AskFormAsync(Form);
        site.Accepts = language;

        var form = (await ReviewSite.ReadJsonAsync(await site.JsonAsync(HttpMethod.Get, path)))["form"]!;

        Assert.Equal((label, submit), ((string?)form["fields"]![0]!["label"], (string?)form["submitLabel"]));
        Assert.Equal(1250.5, (double)form["fields"]![0]!["value"]!);
    }

    [Fact]
    public async Task A_form_its_errors_and_its_numbers_are_in_the_reader_s_language()
    {
        var path = await site.AskFormAsync(Form);
        var (_, page) = await PageAsync(path, "de");
        Assert.Equal(("Betrag", "Los", "1250,5"), (
            page.QuerySelector(".label")!.TextContent, page.QuerySelector("button.main")!.TextContent, page.QuerySelector("#f-amount")!.GetAttribute("value")));

        site.Accepts = "de";
        var refused = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("amount", "viel")]));
        Assert.Equal("Betrag muss eine Zahl sein.", refused.QuerySelector("#problems li")!.TextContent.Trim());

        var accepted = await site.SubmitAsync(page, [("amount", "1.250,75")]);
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Contains("1.250,75", (await site.PageAsync(accepted.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1250.75", (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0].Values["amount"]!.ToJsonString());
    }

    [Theory]
    [InlineData("ja", false)]
    [InlineData("zh-Hans", false)]
    [InlineData("de", true)]
    public async Task Sentences_are_set_apart_by_a_space_only_where_the_language_has_one(string language, bool spaced)
    {
        var path = await site.AskFormAsync("""{ "fields": [{ "name": "amount", "type": "number", "label": "A", "min": 0, "step": 0.25 }] }""");
        var (_, page) = await PageAsync(path, language);

        Assert.Equal(spaced, page.QuerySelector(".hint")!.TextContent.Contains(". ", StringComparison.Ordinal));
        Assert.DoesNotMatch("。 ", page.Body!.TextContent);
    }

    [Fact]
    public async Task An_action_s_language_goes_before_the_browser_s_and_what_somebody_chose_before_both()
    {
        var path = await site.AskFormAsync(Form, """, "language": "ar" """);
        var (_, page) = await PageAsync(path, "de");
        Assert.Equal(("ar", "rtl", "المبلغ"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"), page.QuerySelector(".label")!.TextContent));

        var chosen = await site.SendAsync(HttpMethod.Get, $"{path}?lang=fr");
        Assert.Equal((HttpStatusCode.SeeOther, path), (chosen.StatusCode, chosen.Headers.Location!.ToString()));
        Assert.DoesNotContain("expires", chosen.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        (_, page) = await PageAsync(path, "de");

        Assert.Equal(("fr", "Amount"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector(".label")!.TextContent));
    }

    [Fact]
    public async Task Choosing_another_language_keeps_what_was_typed_without_a_script()
    {
        var path = await site.AskFormAsync("""{ "fields": [{ "name": "note", "type": "text", "label": "Note" }] }""");
        var page = await site.PageAsync(path);
        var choose = page.QuerySelectorAll(".languages button").Single(button => button.TextContent == "Deutsch").GetAttribute("formaction")!;
        page.QuerySelector("form")!.SetAttribute("action", choose);

        var response = await site.SubmitAsync(page, [("note", "typed")]);

        Assert.Equal(path, response.Headers.Location!.ToString());
        page = await site.PageAsync(path);
        Assert.Equal(("de", "typed"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("#f-note")!.GetAttribute("value")));
    }

    [Theory]
    [InlineData("/review/nothing", 404, "Not found", "Wir können diesen Link nicht finden")]
    public async Task The_words_of_the_contract_stay_and_what_they_mean_is_said_in_the_reader_s_language(
        string path, int status, string words, string meaning)
    {
        var (response, page) = await PageAsync(path, "de");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(words, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(meaning, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_are_in_the_language_of_the_action_with_its_own_title()
    {
        await site.Harness.SaveAsync("ask", """
            [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "language": "de", "dueInHours": 2,
               "title": { "en": "Approve {{n}}", "de": "{{n}} freigeben" }, "description": { "en": "Look.", "de": "Schauen." },
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        var run = await site.Harness.StartAsync("ask", """{ "n": 7 }""");

        var mail = site.Harness.Mail.Sent.Single().Email;
        Assert.StartsWith("Ihre Antwort wird gebraucht", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Test bittet um Ihre Antwort: 7 freigeben", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Bitte antworten Sie bis 22. November 2026", mail.Text, StringComparison.Ordinal);
        Assert.Equal("Approve 7", (await site.Harness.TaskOfAsync(run)).Question.TitleIn("en"));
    }

    private async Task<(HttpResponseMessage Response, AngleSharp.Html.Dom.IHtmlDocument Page)> PageAsync(string path, string accepted)
    {
        var response = await site.SendAsync(HttpMethod.Get, path, request => request.Headers.TryAddWithoutValidation("Accept-Language", accepted));
        return (response, await ReviewSite.ReadPageAsync(response));
    }

    private static Dictionary<string, string> Texts(TextResources resources, string language) =>
        resources.All(language)?.Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal)
        ?? throw new InvalidOperationException($"There are no texts in {language}.");

    /// <summary>The names that a language needs: of a counting text one for each of its own plural categories.</summary>
    private static IEnumerable<string> Expected(IEnumerable<string> english, string language) => english
        .SelectMany(name => Plural().Match(name) is { Success: true } form
            ? Plurals.In(language).Select(category => $"{name[..form.Index]}.{category}")
            : [name])
        .Distinct()
        .Order(StringComparer.Ordinal);


    [GeneratedRegex(@"\.(zero|one|two|few|many|other)$")]
    private static partial Regex Plural();

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Placeholder();
}
