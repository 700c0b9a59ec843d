using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>What a language puts between parts that are not a sentence, by Unicode CLDR.</summary>
/// <param name="Comma">Between the items of a list.</param>
/// <param name="Semicolon">Between items that hold commas themselves.</param>
/// <param name="Colon">Between a label and its value.</param>
/// <param name="Clock">Between a day and a time of day.</param>
/// <param name="Sentence">Between sentences.</param>
public sealed record Punctuation(string Comma, string Semicolon, string Colon, string Clock, string Sentence)
{
    private static readonly Punctuation Latin = new(", ", "; ", ": ", ", ", " ");
    private static readonly Punctuation French = Latin with { Semicolon = "\u00a0; ", Colon = "\u00a0: " };
    private static readonly Punctuation Chinese = new("、", "；", "：", " ", "");
    private static readonly Punctuation Arabic = new("، ", "؛ ", ": ", "، ", " ");

    public static Punctuation Of(CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        "fr" => French,
        "ja" or "zh" => Chinese,
        "ar" => Arabic,
        _ => Latin,
    };

    /// <summary>What stands between two sentences in <see cref="CultureInfo.CurrentCulture"/>.</summary>
    public static string BetweenSentences => Of(CultureInfo.CurrentCulture).Sentence;

    /// <summary>Items in a line, as <see cref="CultureInfo.CurrentCulture"/> lists them.</summary>
    public static string List(IEnumerable<string> items) => string.Join(Of(CultureInfo.CurrentCulture).Comma, items);

    /// <summary>Labels with their values in a line, as <see cref="CultureInfo.CurrentCulture"/> lists them.</summary>
    public static string List(IEnumerable<(string Label, string Value)> pairs)
    {
        var marks = Of(CultureInfo.CurrentCulture);
        return string.Join(marks.Semicolon, pairs.Select(pair => $"{pair.Label}{marks.Colon}{pair.Value}"));
    }
}
