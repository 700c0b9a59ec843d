using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>
/// How people of a language write numbers: the one table by which the server reads what they typed and, sent along with the
/// page as <see cref="Json"/>, their browser.
/// </summary>
internal sealed class NumberTable
{
    private const string Digits = "[0-9]";
    private const string Head = "[1-9][0-9]{0,2}"; // a first group never starts with a zero: 0,125 is no 125
    private const string Sign = "^([+-]?)";

    /// <summary>What keyboards and other programs write in place of the mark before it.</summary>
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

    // behind what its members are made of
    private static readonly FrozenDictionary<string, NumberTable> All =
        Languages.All.ToFrozenDictionary(language => language, language => new NumberTable(Languages.CultureOf(language)), StringComparer.Ordinal);

    private readonly string decimals;

    /// <summary>What can be read in two ways: one mark before three digits, and it is not the one that the language groups by.</summary>
    private readonly Regex twoWays;

    /// <summary>All ways to write a number, the first that fits counts: sign, whole part with its groups, fraction.</summary>
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

    /// <summary>Of the language in which the current request is answered.</summary>
    public static NumberTable Current => All[Languages.Current];

    /// <summary>The same for the browser: <c>marks</c> to be replaced by the one before them, <c>twoWays</c>, and <c>ways</c>.</summary>
    public string Json { get; }

    /// <param name="language">One of ours.</param>
    public static NumberTable Of(string language) => All[language];

    /// <summary>Reads what somebody typed.</summary>
    /// <param name="typed">As it came.</param>
    /// <param name="thousandths">Whether three decimals are what the field asks for, and no doubt.</param>
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

    /// <summary>A number as somebody of the language types it, so that it is read as the same again.</summary>
    public string Write(decimal number, bool thousandths)
    {
        var text = number.ToString(CultureInfo.InvariantCulture).Replace(".", decimals, StringComparison.Ordinal);
        return Read(text, thousandths) is TypedNumber.One ? text : $"{text}0"; // 1.255 alone could be a thousand
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
