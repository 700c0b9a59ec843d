using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>Numbers of bytes as people read them, with the units of Unicode CLDR.</summary>
public static class ByteSize
{
    private const long Kilobyte = 1 << 10;
    private const long Megabyte = 1 << 20;

    /// <summary>10 MB, in French 10 Mo; by <see cref="CultureInfo.CurrentCulture"/> unless another is given.</summary>
    public static string Of(long bytes, CultureInfo? given = null)
    {
        var culture = given ?? CultureInfo.CurrentCulture;
        var (small, kilo, mega) = Units(culture);
        return bytes switch
        {
            >= Megabyte => Write(bytes / (double)Megabyte, mega, culture),
            >= Kilobyte => Write(bytes / (double)Kilobyte, kilo, culture),
            _ => Write(bytes, small, culture),
        };
    }

    private static string Write(double size, string unit, CultureInfo culture) => string.Create(culture, $"{size:0.#}{unit}");

    /// <summary>With the space before them.</summary>
    private static (string Small, string Kilo, string Mega) Units(CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        "fr" => ("\u00a0o", "\u00a0ko", "\u00a0Mo"),
        "de" => (" Byte", " kB", " MB"),
        "it" or "nl" or "pt" => (" byte", " kB", " MB"),
        "ja" => (" byte", " KB", " MB"),
        "ar" => (" بايت", " كيلوبايت", " م.ب"),
        _ => (" B", " kB", " MB"),
    };
}
