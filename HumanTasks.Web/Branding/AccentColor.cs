using System.Globalization;

namespace HumanTasks.Web.Branding;

/// <summary>
/// An sRGB colour with its contrast to other colours (WCAG 2.2, contrast ratio). An accent must be readable as text on
/// the light background; for the dark background it is lightened until it is readable there.
/// </summary>
public readonly record struct AccentColor(byte Red, byte Green, byte Blue)
{
    /// <summary>The minimum contrast of text (WCAG 2.2, 1.4.3).</summary>
    public const double Least = 4.5;

    private const int Steps = 100;

    private static readonly AccentColor White = new(255, 255, 255);
    private static readonly AccentColor LightGround = new(0xf5, 0xf6, 0xf8);
    private static readonly AccentColor DarkSurface = new(0x16, 0x1b, 0x22);
    private static readonly AccentColor DarkInk = new(0x0b, 0x0e, 0x13);

    /// <summary>Parses a colour such as <c>#1d4ed8</c>; returns null for any other text.</summary>
    public static AccentColor? Parse(string? text) =>
        text is { Length: 7 } && text[0] == '#'
        && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new AccentColor((byte)(number >> 16), (byte)(number >> 8), (byte)number)
            : null;

    /// <summary>Whether it is readable on the light background, and white on it.</summary>
    public bool IsReadable => ContrastTo(LightGround) >= Least;

    /// <summary>Its contrast to the light background.</summary>
    public double OnLight => ContrastTo(LightGround);

    /// <summary>The colour itself, or the nearest darker one that is readable on the light background.</summary>
    public AccentColor Readable => Until(new AccentColor(0, 0, 0), LightGround);

    /// <summary>The colour itself, or the nearest lighter one that is readable on the dark background.</summary>
    public AccentColor ForDark => Until(White, DarkSurface);

    /// <summary>The colour of a button under the pointer.</summary>
    public AccentColor Strong => Mix(new AccentColor(0, 0, 0), 0.15);

    public AccentColor StrongForDark => ForDark.Mix(White, 0.3);

    /// <summary>A background on which the accent is readable.</summary>
    public AccentColor Tint => Mix(White, 0.92);

    public AccentColor TintForDark => ForDark.Mix(DarkSurface, 0.85);

    /// <summary>The text colour on the accent in dark mode.</summary>
    public static AccentColor InkForDark => DarkInk;

    public double ContrastTo(AccentColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private AccentColor Until(AccentColor toward, AccentColor ground)
    {
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(toward, step / (double)Steps);
            if (mixed.ContrastTo(ground) >= Least)
            {
                return mixed;
            }
        }

        return toward;
    }

    private AccentColor Mix(AccentColor other, double share) => new(
        Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    private static byte Between(byte one, byte two, double share) => (byte)Math.Round(one + ((two - one) * share));
}
