using System.Net;
using System.Text.RegularExpressions;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>
/// Every page and email of responders in Japanese, with Greek from authors and people: whatever is in Latin letters there was
/// never taken from the text files.
/// </summary>
public sealed partial class ReadingAnotherAlphabet(ReadingAnotherAlphabet.GreekHost host, Chromium chromium) : IClassFixture<ReadingAnotherAlphabet.GreekHost>, IClassFixture<Chromium>
{
    private const string Language = "ja";

    /// <summary>Names, formats and identifiers, which are the same in every language.</summary>
    private static readonly string[] Names =
    [
        "HumanTasks", "Studio", "ID", "UTC", "URL", "API", "JSON", "JWS", "Cookie", "PDF", "CSV", "EUR", "MB", "KB", "kB", "Enter", "Ctrl", "Esc", "Chrome", "HeadlessChrome", "Linux", "OpenID", "Connect",
        "Web", "OS", "https", "http", // Japanese writes Web and OS in Latin letters, and addresses begin like this
        "sign", "in", "ADDRESS", // --sign-in ADDRESS, a command
        "ask", "key", "first", // the action of an ad-hoc task, and the name of an API key
        "Approve", "invoice", "approval", // the task and the name of the sample that a new host starts
    ];

    /// <summary>What a page says: its texts and the attributes that are read out or shown by a script, without what is code, in the address bar or a name from rule sets.</summary>
    private const string Said = """
        () => {
            for (const one of document.querySelectorAll('main details, body details')) one.open = true;
            const page = document.body.cloneNode(true);
            const language = document.documentElement.lang;
            for (const own of page.querySelectorAll(`script, style, code, pre, .languages, .context dt, .context th, a[dir=ltr], select[name=ruleSet] option, #columns bdi, .chips bdi, [lang]:not([lang=${language}])`)) own.remove();
            const words = ['aria-label', 'title', 'placeholder', 'alt', 'data-sending', 'data-failed', 'data-again', 'data-too-large', 'data-too-much'];
            const read = [...page.querySelectorAll('*')].flatMap(one => words.map(name => one.getAttribute(name) ?? ''));
            const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) read.push(texts.currentNode.data);
            return [document.querySelector('title').lang ? '' : document.title, ...read].join('\n');
        }
        """;

    [BrowserFact]
    public async Task Every_word_of_ours_is_in_the_language_of_the_page()
    {
        List<string> strange = [];
        foreach (var state in await PagesInALanguage.OfAsync(host, Spelled))
        {
            await using var phone = await chromium.AtAsync(390, 844, ColorScheme.Light);
            await phone.AddCookiesAsync([CookieOf($"ht-lang={Language}", "/"), .. state.Cookie is { } cookie ? [CookieOf(cookie, state.CookiePath)] : Array.Empty<Microsoft.Playwright.Cookie>()]);
            var tab = await phone.NewPageAsync();
            await tab.GotoAsync(new Uri(host.Address, state.Path).ToString());
            if (state.Act is { } act)
            {
                await act(tab);
                await tab.WaitForLoadStateAsync(LoadState.NetworkIdle);
            }

            strange.AddRange(Latin(await tab.EvaluateAsync<string>(Said)).Select(word => $"{state.Name}: {word}"));
        }

        Assert.True(strange.Count == 0, string.Join('\n', strange));
    }

    [Fact]
    public async Task Every_word_of_ours_in_an_email_is_in_the_language_of_the_email()
    {
        var mails = await MailsInALanguage.OfAsync(Language, Spelled);

        var strange = mails.SelectMany(mail => Latin($"{mail.Subject}\n{mail.Mail.Text}\n{WebUtility.HtmlDecode(Markup().Replace(mail.Mail.Html, "\n"))}")
            .Select(word => $"{mail.Name}: {word}"));
        Assert.True(!strange.Any(), string.Join('\n', strange));
    }

    [Fact]
    public void A_word_in_Latin_letters_is_found() =>
        Assert.Equal(["Send", "link"], Latin("Send: \u30EA\u30F3\u30AF link https://tasks.example/a kim@example.com UTC \u0391\u03B2 R-17 2026"));

    /// <summary>Texts for people in Greek letters; names of members, templates, addresses and values for programs stay.</summary>
    private static string Spelled(string text) => text.Contains('{', StringComparison.Ordinal)
        ? ForPeople().Replace(text, member => $"{member.Groups[1].Value}{Greek(member.Groups[2].Value)}\"")
        : Greek(text);

    private static string Greek(string text) => Word().Replace(text, static word => word.Value[0] == '{'
        ? word.Value
        : string.Concat(word.Value.Select(letter => char.IsAsciiLetterUpper(letter) ? (char)('\u0391' + ((letter - 'A') % 17)) : char.IsAsciiLetterLower(letter) ? (char)('\u03B1' + ((letter - 'a') % 17)) : '\u03C9')));

    private static IEnumerable<string> Latin(string text) => LatinWord().Matches(Address().Replace(text, " "))
        .Select(match => match.Value)
        .Except(Names, StringComparer.Ordinal)
        .Distinct();

    private Microsoft.Playwright.Cookie CookieOf(string cookie, string path)
    {
        var parts = cookie.Split('=', 2);
        return new() { Name = parts[0], Value = parts[1], Domain = host.Address.Host, Path = path };
    }

    /// <summary>Whose members have Greek names.</summary>
    public sealed class GreekHost : StudioHost
    {
        private static readonly string[] Members = ["owner", "editor", "responder", "viewer", "walker", "reader"];

        private protected override HostSettings Own => Members.Index().Aggregate(
            Settings, static (settings, member) => settings.With($"HumanTasks:Environments:0:Members:{member.Index}:Name", Greek(member.Item)));
    }

    [GeneratedRegex("(\"(?:title|description|label|markdown|consent|help|text|reason|supplier|article|submitLabel)\": \")([^\"]*)\"")]
    private static partial Regex ForPeople();

    [GeneratedRegex(@"\{\{.*?\}\}|[\p{IsBasicLatin}\p{IsLatin-1Supplement}-[\P{L}]]+")]
    private static partial Regex Word();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"\S+@\S+|https?://\S+|/[a-z][\w/.-]*|(?<!\w)\w*\d\w*(?!\w)")]
    private static partial Regex Address();

    [GeneratedRegex("<style>.*?</style>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Markup();
}
