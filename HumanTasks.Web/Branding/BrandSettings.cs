namespace HumanTasks.Web.Branding;

/// <summary>The branding settings of an environment, chosen by its owners.</summary>
public sealed record BrandSettings
{
    public const int MaxFooter = 1000;
    public const int MaxAddress = 500;

    /// <summary>The accent colour, such as <c>#1d4ed8</c>, readable on the light background.</summary>
    public string? Accent { get; init; }

    /// <summary>The footer, plain text.</summary>
    public string? Footer { get; init; }

    public string? Imprint { get; init; }

    public string? Privacy { get; init; }

    public string? LogoType { get; init; }

    public ReadOnlyMemory<byte>? Logo { get; init; }
}
