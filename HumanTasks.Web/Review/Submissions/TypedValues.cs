using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// What somebody typed as the JSON value of a field. A text that is not of the field's type stays a text, so that the
/// check of the form says what is wrong and the page shows it again as it was typed.
/// </summary>
internal static partial class TypedValues
{
    /// <summary>Null when nothing was typed.</summary>
    public static JsonNode? ToValue(Field field, IReadOnlyList<string> typed)
    {
        if (field is Field.MultiChoice)
        {
            var chosen = typed.Where(value => value.Length > 0).ToArray();
            return chosen.Length == 0 ? null : new JsonArray([.. chosen.Select(value => JsonValue.Create(value))]);
        }

        if (typed.Count == 0 || typed.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        return field switch
        {
            Field.Boolean => Truth(typed),
            Field.Number => Number(typed[^1]),
            Field.Text { Multiline: true } => typed[^1].ReplaceLineEndings("\n"), // browsers send CRLF (HTML, form submission)
            _ => typed[^1],
        };
    }

    /// <summary>A checkbox comes with a hidden "false" before it, so that one left empty is an answer too.</summary>
    private static JsonValue Truth(IReadOnlyList<string> typed) =>
        typed.Any(value => value is "true" or "on") ? JsonValue.Create(true)
        : typed.All(value => value == "false") ? JsonValue.Create(false)
        : JsonValue.Create(typed.First(value => value != "false"));

    private static JsonValue Number(string typed)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var comma = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == ",";
        var text = Spaces().Replace(InLatin(typed.Trim(), comma ? ',' : '.'), "");
        if (comma ? GroupedByDots().IsMatch(text) : GroupedByCommas().IsMatch(text))
        {
            text = text.Replace(comma ? "." : ",", "", StringComparison.Ordinal);
        }

        // what is a decimal here may be thousands elsewhere: one group of three alone says too little in the other way of writing
        if (comma ? ThousandsByDot().IsMatch(text) : Thousands().IsMatch(text))
        {
            return JsonValue.Create(typed);
        }

        if (DecimalComma().IsMatch(text))
        {
            text = text.Replace(',', '.');
        }

        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(typed);
    }

    /// <summary>With the digits and signs of this alphabet: keyboards for Arabic, Japanese and others type their own.</summary>
    private static string InLatin(string text, char decimals) => Ascii.IsValid(text) ? text : string.Concat(text.Select(character => character switch
    {
        '\u066b' => decimals, // Arabic decimal separator
        '\uff0e' => '.',
        '\uff0c' => ',',
        '\u2212' or '\uff0d' => '-',
        '\u066c' => '\u00a0', // Arabic thousands separator
        _ when char.IsDigit(character) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(character)),
        _ => character,
    }));

    [GeneratedRegex(@"\A[+-]?[0-9]*,[0-9]+\z")]
    private static partial Regex DecimalComma();

    /// <summary>Between the digits of a number, where thousands are set apart so.</summary>
    [GeneratedRegex(@"(?<=[0-9])[ \u00a0\u202f'\u2019](?=[0-9]{3}(?![0-9]))")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\A[+-]?[1-9][0-9]{0,2}((,[0-9]{3})+\.[0-9]+|(,[0-9]{3}){2,})\z")]
    private static partial Regex GroupedByCommas();

    [GeneratedRegex(@"\A[+-]?[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})\z")]
    private static partial Regex GroupedByDots();

    [GeneratedRegex(@"\A[+-]?[1-9][0-9]{0,2}\.[0-9]{3}\z")]
    private static partial Regex ThousandsByDot();

    /// <summary>1,250 is one and a quarter to some and more than a thousand to others.</summary>
    [GeneratedRegex(@"\A[+-]?[1-9][0-9]{0,2},[0-9]{3}\z")]
    private static partial Regex Thousands();
}
