using System.Security.Cryptography;
using System.Text;
using HumanTasks.Web.Assets;

namespace HumanTasks.Web.Branding;

/// <summary>The branding for pages and emails, with addresses that change whenever their content does.</summary>
public sealed class Brand
{
    private readonly string environment;

    internal Brand(string environment, string name, BrandSettings settings)
    {
        this.environment = environment;
        Name = name;
        Settings = settings;
        Accent = AccentColor.Parse(settings.Accent);
        Stylesheet = Accent is { } accent ? Asset.Of("site.css", [.. AssetCatalog.Get("site.css").Bytes, .. Encoding.UTF8.GetBytes(Css(accent))]) : null;
        Logo = settings is { Logo: { } bytes, LogoType: { } type } ? new LogoImage(type, bytes) : null;
    }

    /// <summary>The sender's name.</summary>
    public string Name { get; }

    public BrandSettings Settings { get; }

    public AccentColor? Accent { get; }

    public LogoImage? Logo { get; }

    public bool HasFooter => Settings is { Footer: not null } or { Imprint: not null } or { Privacy: not null };

    /// <summary>The address of the stylesheet for the environment's pages.</summary>
    public string StylesheetPath => Stylesheet is null
        ? AssetCatalog.PathOf("site.css")
        : $"/brand/{Uri.EscapeDataString(environment)}/{Stylesheet.FileName}";

    /// <summary>The address of the logo; null without one.</summary>
    public string? LogoPath => Logo is null ? null : $"/brand/{Uri.EscapeDataString(environment)}/{LogoFile}";

    internal Asset? Stylesheet { get; }

    internal string LogoFile => $"logo.{Convert.ToHexStringLower(SHA256.HashData(Logo!.Bytes.Span).AsSpan(0, 6))}.{(Logo.ContentType == LogoImage.Png ? "png" : "svg")}";

    private static string Css(AccentColor accent) => $$"""

        :root { --accent: {{accent}}; --accent-strong: {{accent.Strong}}; --tint: {{accent.Tint}}; }
        @media (prefers-color-scheme: dark) {
          :root { --accent: {{accent.ForDark}}; --accent-strong: {{accent.StrongForDark}}; --tint: {{accent.TintForDark}}; --on-accent: {{AccentColor.InkForDark}}; }
        }

        """;
}
