using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>
/// The notations of numbers in a language. The server reads typed numbers by this table, and the page sends it to the
/// browser as <see cref="Json"/>.
/// </summary>
internal sealed class NumberTable
{
    private const string Digits = "[0-9]";
    private const string Head = "[1-9][0-9]{0,2}"; // a first group never starts with a zero: 0,125 is not 125
    private const string Sign = "^([+-]?)";

    /// <summary>The characters that keyboards and other programs use in place of each key.</summary>
    private static readonly KeyValuePair<char, string>[] Marks =
    [
        new('-', "\u2212\uff0d"),
        new('.', "\uff0e"),
        new(',', "\uff0c"),
        new(' ', "'\u2019\uff07\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u066c"),
    ];

    private static readonly FrozenDictionary<char, char> Folded = Marks
        .SelectMany(mark => mark.Value.Select(other => KeyValuePair.Create(other, mark.Key)))
        .ToFrozenDictionary();

    // must follow the fields that it uses
    private static readonly FrozenDictionary<string, NumberTable> All =
        Languages.All.ToFrozenDictionary(language => language, language => new NumberTable(Languages.CultureOf(language)), StringComparer.Ordinal);

    private readonly string decimals;

    /// <summary>
    /// Matches ambiguous numbers: one separator before three digits which is not the grouping separator of the
    /// language.
    /// </summary>
    private readonly Regex twoWays;

    /// <summary>
    /// The notations of a number, the first match of which counts: sign, grouped whole part, fraction.
    /// </summary>
    private readonly Regex[] ways;

    private NumberTable(CultureInfo culture)
    {
        var group = culture.NumberFormat.NumberGroupSeparator;
        decimals = culture.NumberFormat.NumberDecimalSeparator;
        string[] patterns =
        [
            $@"{Sign}({Digits}+(?: {Digits}{{3}})+)(?:[.,\u066b]({Digits}+)|\.)?$",
            $@"{Sign}({Head}(?:,{Digits}{{3}})+)[.\u066b]({Digits}+)$",
            $@"{Sign}({Head}(?:\.{Digits}{{3}})+)[,\u066b]({Digits}+)$",
            $@"{Sign}({Head}(?:,{Digits}{{3}}){{{(group == "," ? 1 : 2)},}})()$",
            $@"{Sign}({Head}(?:\.{Digits}{{3}}){{{(group == "." ? 1 : 2)},}})()$",
            $@"{Sign}({Digits}*)[.,\u066b]({Digits}+)$",
            $@"{Sign}({Digits}+)\.?()$",
        ];
        var two = $"{Sign}({Head})[{string.Concat(".,".Where(mark => group != mark.ToString()))}]({Digits}{{3}})$";
        ways = [.. patterns.Select(Of)];
        twoWays = Of(two);
        Json = new JsonObject
        {
            ["marks"] = new JsonObject(Marks.Select(mark => KeyValuePair.Create<string, JsonNode?>(mark.Key.ToString(), mark.Value))),
            ["twoWays"] = two,
            ["ways"] = new JsonArray([.. patterns.Select(pattern => JsonValue.Create(pattern))]),
        }.ToJsonString();

        static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant);
    }

    /// <summary>The table for the language of the current response.</summary>
    public static NumberTable Current => All[Languages.Current];

    /// <summary>
    /// The table for the browser: <c>marks</c> to replace by their key, <c>twoWays</c>, and <c>ways</c>.
    /// </summary>
    public string Json { get; }

    /// <param name="language">One of the supported languages.</param>
    public static NumberTable Of(string language) => All[language];

    /// <summary>Reads a typed number.</summary>
    /// <param name="typed">The text as received.</param>
    /// <param name="thousandths">
    /// Whether the field has three or more decimals, which makes three decimals unambiguous.
    /// </param>
    public TypedNumber Read(string typed, bool thousandths)
    {
        var text = Fold(typed.Trim());
        if (!thousandths && twoWays.Match(text) is { Success: true } doubtful)
        {
            var (sign, head, rest) = Parts(doubtful);
            return new TypedNumber.Two(Parse($"{sign}{head}.{rest.TrimEnd('0')}")!.Value, Parse($"{sign}{head}{rest}")!.Value);
        }

        if (ways.Select(way => way.Match(text)).FirstOrDefault(match => match.Success) is not { } match)
        {
            return new TypedNumber.None();
        }

        var (plus, whole, fraction) = Parts(match);
        var digits = string.Concat(whole.Where(char.IsAsciiDigit));
        return Parse(fraction.Length > 0 ? $"{plus}{digits}.{fraction}" : $"{plus}{digits}") is { } number
            ? new TypedNumber.One(number)
            : new TypedNumber.None();
    }

    /// <summary>Writes a number as people of the language type it, so that reading it gives the same number.</summary>
    public string Write(decimal number, bool thousandths)
    {
        var text = number.ToString(CultureInfo.InvariantCulture).Replace(".", decimals, StringComparison.Ordinal);
        return Read(text, thousandths) is TypedNumber.One ? text : $"{text}0"; // 1.255 alone is ambiguous
    }

    private static (string Sign, string Whole, string Fraction) Parts(Match match) =>
        (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);

    private static decimal? Parse(string plain) =>
        decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Fold(string text) => string.Concat(text.Select(character =>
        Folded.TryGetValue(character, out var mark) ? mark
        : !char.IsAscii(character) && char.IsDigit(character) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(character))
        : character));
}
