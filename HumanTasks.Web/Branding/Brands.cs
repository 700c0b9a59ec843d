using System.Collections.Concurrent;
using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Branding;

/// <summary>The branding of each environment. A change by another process is visible within seconds.</summary>
public sealed class Brands(IDocumentStore documents, EnvironmentCatalog environments, TimeProvider time)
{
    private const string Owner = "branding";
    private const int MaxRaces = 20;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, int Version, Brand Brand)> known = new(StringComparer.Ordinal);

    /// <summary>Returns the branding of an existing environment.</summary>
    public async Task<Brand> OfAsync(string environment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(environment, out var found) && now < found.Until)
        {
            return found.Brand;
        }

        var document = await documents.FindAsync(Owner, environment, cancellationToken);
        var version = document?.Version ?? 0;
        var brand = found.Brand is { } before && found.Version == version ? before : Made(environment, Settings(document));
        known[environment] = (now + KnownFor, version, brand);
        return brand;
    }

    /// <summary>Changes the branding; returns the result, or null when too many changes happen at once.</summary>
    public async Task<Brand?> ChangeAsync(
        string environment, Func<BrandSettings, BrandSettings> change, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var document = await documents.FindAsync(Owner, environment, cancellationToken);
            var settings = change(Settings(document));
            var body = JsonSerializer.SerializeToUtf8Bytes(settings, BrandJson.Default.BrandSettings);
            if (await documents.PutAsync(document?.With(body) ?? new Document(Owner, environment, body), cancellationToken))
            {
                known.TryRemove(environment, out _);
                return Made(environment, settings);
            }
        }

        return null;
    }

    private static readonly TextMember AccentMember = new("accent", 7) { Says = "A colour such as #1d4ed8 with enough contrast on white." };
    private static readonly TextMember FooterMember = new("footer", BrandSettings.MaxFooter);
    private static readonly TextMember ImprintMember = new("imprint", BrandSettings.MaxAddress) { Says = "The URL of the legal notice." };
    private static readonly TextMember PrivacyMember = new("privacy", BrandSettings.MaxAddress) { Says = "The URL of the privacy policy." };

    public static readonly RequestBody<BrandSettings> Body =
        new(new Shape("BrandingRequest", AccentMember, FooterMember, ImprintMember, PrivacyMember), Read);

    /// <summary>Reads the settings that an owner sent. The logo is set separately and stays.</summary>
    public static BrandSettings Read(ObjectReader reader)
    {
        var accent = reader.Text(AccentMember);
        if (accent is not null)
        {
            if (AccentColor.Parse(accent) is not { } color)
            {
                reader.Refuse(AccentMember, "Enter a colour like #1d4ed8.");
            }
            else if (!color.IsReadable)
            {
                reader.Refuse(AccentMember, string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The contrast on white is {color.OnLight:0.0}:1; at least {AccentColor.Least}:1 is required. Try {color.Readable}."));
            }
        }

        return new BrandSettings
        {
            Accent = accent?.ToLowerInvariant(),
            Footer = Filled(reader.Text(FooterMember)),
            Imprint = Address(reader, ImprintMember),
            Privacy = Address(reader, PrivacyMember),
        };
    }

    private static string? Address(ObjectReader reader, TextMember member)
    {
        var text = Filled(reader.Text(member));
        if (text is not null && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
        {
            reader.Refuse(member, "Enter a URL that starts with https://.");
        }

        return text;
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Brand Made(string environment, BrandSettings settings) =>
        new(environment, environments.Find(environment)?.DisplayName ?? environment, settings);

    private static BrandSettings Settings(Document? document) => document is null
        ? new BrandSettings()
        : JsonSerializer.Deserialize(document.Body.Span, BrandJson.Default.BrandSettings) ?? new BrandSettings();
}
