using System.Text;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>
/// Pictures and texts of every page and email that responders see, on a phone, in the languages that HUMANTASKS_PICTURE_LANGUAGES
/// names, for whoever reads them aloud. One text file for each language holds all its pages as they are read.
/// </summary>
public sealed class LanguagePictures(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const int Width = 390;

    private readonly List<string> wrong = [];

    private static string? Wanted => Environment.GetEnvironmentVariable("HUMANTASKS_PICTURE_LANGUAGES");

    private static string? Folder => Environment.GetEnvironmentVariable("HUMANTASKS_PICTURES");

    /// <summary>Arabic is shown dark, the others light.</summary>
    private static ColorScheme ColoursOf(string language) => language == "ar" ? ColorScheme.Dark : ColorScheme.Light;

    [LanguagePicturesFact]
    public async Task Of_every_page_and_email()
    {
        var folder = Directory.CreateDirectory(Folder!).FullName;
        foreach (var language in Wanted!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var texts = new StringBuilder();
            foreach (var state in await PagesInALanguage.OfAsync(host))
            {
                await using var phone = await chromium.AtAsync(Width, 844, ColoursOf(language));
                await phone.AddCookiesAsync([CookieOf($"ht-lang={language}", "/"), .. state.Cookie is { } cookie ? [CookieOf(cookie, state.CookiePath)] : Array.Empty<Cookie>()]);
                var tab = await phone.NewPageAsync();
                try
                {
                    await tab.GotoAsync(new Uri(host.Address, state.Path).ToString());
                    if (state.Act is { } act)
                    {
                        await act(tab);
                        await tab.WaitForLoadStateAsync(LoadState.NetworkIdle); // what was sent, and the page that answers it
                    }

                    await KeepAsync(tab, folder, language, state.Name, texts);
                }
                catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
                {
                    wrong.Add($"{language}: {state.Name}: {exception.Message}"); // the other pages are still worth reading
                }
            }

            await MailsAsync(folder, language, texts);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{language}.txt"), texts.ToString());
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private async Task MailsAsync(string folder, string language, StringBuilder texts)
    {
        await using var phone = await chromium.AtAsync(Width, 844, ColoursOf(language));
        var tab = await phone.NewPageAsync();
        foreach (var (name, subject, mail) in await MailsInALanguage.OfAsync(language))
        {
            await tab.SetContentAsync(mail.Html);
            await KeepAsync(tab, folder, language, $"mail-{name}", texts);
            texts.AppendLine(subject).AppendLine(mail.Text);
        }
    }

    private async Task KeepAsync(IPage tab, string folder, string language, string name, StringBuilder texts)
    {
        await tab.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"); // what scripts bring
        texts.AppendLine().AppendLine("##### " + name + ": " + await tab.TitleAsync()).AppendLine(await tab.EvaluateAsync<string>(
            "document.querySelectorAll('main details').forEach(one => one.open = true), document.body.innerText"));
        if (await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollWidth > 390"))
        {
            wrong.Add($"{language}: {name} is wider than the screen");
        }

        var whole = await tab.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await tab.SetViewportSizeAsync(Width, Math.Max(844, whole)); // a bar that sticks to the screen stands where it ends
        await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{language}-{name}.png"), FullPage = true });
    }

    private Cookie CookieOf(string cookie, string path)
    {
        var parts = cookie.Split('=', 2);
        return new Cookie { Name = parts[0], Value = parts[1], Domain = host.Address.Host, Path = path };
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LanguagePicturesFactAttribute : FactAttribute
    {
        public LanguagePicturesFactAttribute() =>
            Skip = Wanted is null || Folder is null ? "HUMANTASKS_PICTURE_LANGUAGES names no language: run eng/languages.sh." : Chromium.SkipReason;
    }
}
