using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Branding;

/// <summary>An environment's branding.</summary>
/// <param name="Name">The sender's name, from the configuration.</param>
/// <param name="AccentDark">The accent colour in dark mode.</param>
/// <param name="Logo">The address of the logo; null without one.</param>
public sealed record BrandAnswer(
    string Name, string? Accent, string? AccentDark, string? Footer, string? Imprint, string? Privacy, string? Logo)
{
    public static BrandAnswer Of(Brand brand, PathString below) => new(
        brand.Name,
        brand.Settings.Accent,
        brand.Accent?.ForDark.ToString(),
        brand.Settings.Footer,
        brand.Settings.Imprint,
        brand.Settings.Privacy,
        brand.LogoPath is { } logo ? below + logo : null);
}
