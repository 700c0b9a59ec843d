using System.Globalization;
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
        var text = Spaces().Replace(typed.Trim(), "").Replace('\u2212', '-');
        var comma = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == ",";
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
