namespace HumanTasks.Core.Texts;

/// <summary>
/// The plural category of an integer in each language, by the cardinal plural rules of Unicode CLDR 47.
/// </summary>
public static class Plurals
{
    private const int Million = 1_000_000;

    private static readonly Dictionary<string, IReadOnlyList<string>> Categories = new(StringComparer.Ordinal)
    {
        ["en"] = ["one", "other"],
        ["de"] = ["one", "other"],
        ["nl"] = ["one", "other"],
        ["fr"] = ["one", "many", "other"],
        ["es"] = ["one", "many", "other"],
        ["it"] = ["one", "many", "other"],
        ["pt"] = ["one", "many", "other"], // as in Portugal, where 0 takes the plural
        ["pl"] = ["one", "few", "many", "other"],
        ["ja"] = ["other"],
        ["zh-Hans"] = ["other"],
        ["ar"] = ["zero", "one", "two", "few", "many", "other"],
    };

    /// <summary>
    /// Returns the categories of a language, which are the forms that each of its counting texts needs.
    /// </summary>
    public static IReadOnlyList<string> In(string language) => Categories[language];

    /// <summary>Returns the category of a number.</summary>
    public static string Of(string language, long number)
    {
        var count = Math.Abs(number);
        var (tens, hundreds) = (count % 10, count % 100);
        return language switch
        {
            "ja" or "zh-Hans" => "other",
            "fr" when count is 0 or 1 => "one",
            "ar" => count switch { 0 => "zero", 1 => "one", 2 => "two", _ => hundreds switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" } },
            _ when count == 1 => "one",
            "pl" => tens is >= 2 and <= 4 && hundreds is not (>= 12 and <= 14) ? "few" : "many",
            "fr" or "es" or "it" or "pt" when count != 0 && count % Million == 0 => "many",
            _ => "other",
        };
    }
}
