using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>One browser for all journeys; each opens a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Default = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly List<string> profiles = [];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public static string? SkipReason => File.Exists(Executable)
        ? null
        : $"There is no browser at {Executable}; HUMANTASKS_BROWSER can name another.";

    private static string Executable =>
        Environment.GetEnvironmentVariable("HUMANTASKS_BROWSER") is { Length: > 0 } named ? named : Default;

    public async Task InitializeAsync()
    {
        if (SkipReason is not null)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = Arguments,
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        profiles.ForEach(static profile => Directory.Delete(profile, recursive: true));
    }

    /// <summary>A phone in the hand of somebody who reads English.</summary>
    public Task<IBrowserContext> PhoneAsync(ColorScheme colours = ColorScheme.Light, bool scripts = true) =>
        OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            DeviceScaleFactor = 2,
            HasTouch = true,
            IsMobile = true,
            ColorScheme = colours,
            JavaScriptEnabled = scripts,
        });

    public Task<IBrowserContext> AtAsync(int width, int height, ColorScheme colours, bool scripts = true) => OpenAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = height },
        IsMobile = width < 600,
        HasTouch = width < 600,
        ColorScheme = colours,
        JavaScriptEnabled = scripts,
    });

    /// <summary>A browser whose settings block all cookies.</summary>
    public async Task<IBrowserContext> WithoutCookiesAsync(bool scripts)
    {
        var profile = Directory.CreateTempSubdirectory("humantasks-browser-").FullName;
        profiles.Add(profile);
        Directory.CreateDirectory(Path.Combine(profile, "Default"));
        await File.WriteAllTextAsync(
            Path.Combine(profile, "Default", "Preferences"), """{ "profile": { "default_content_setting_values": { "cookies": 2 } } }""");
        var context = await playwright!.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Executable,
            Args = Arguments,
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    /// <param name="scripts">Whether scripts run.</param>
    /// <param name="zone">The IANA time zone; the machine's own without it.</param>
    public Task<IBrowserContext> DeskAsync(bool scripts = true, string? zone = null) => OpenAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        JavaScriptEnabled = scripts,
        TimezoneId = zone,
    });

    private async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        options.Locale = "en-GB";
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        return context;
    }
}
