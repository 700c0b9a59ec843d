using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Agents;

/// <summary>
/// Questions that no model may put to a person: for a password, a code, the number of a card. Looks at what a field is
/// called and at what the texts around it ask for.
/// </summary>
internal static partial class SecretQuestions
{
    private const string Why = "Passwords, codes, keys and card numbers are never asked for in a form: leave it out.";

    private static readonly string[] Cards = ["card", "credit card", "creditcard", "debit card", "kreditkarte", "karte"];

    public static void Refuse(Form form, string? title, string? description, string at, Problems problems)
    {
        for (var i = 0; i < form.Fields.Count; i++)
        {
            Field[] asked = [form.Fields[i], .. (form.Fields[i] as Field.Table)?.Columns ?? []];
            if (asked.Any(field => field is (Field.Text or Field.Number or Field.Email or Field.Url or Field.File or Field.Table or Field.Signature)
                    && (Names(field.Name) || Names(field.Label) || Asks(field.Help)))
                || Asks((form.Fields[i] as Field.DisplayOnly)?.Markdown)
                || Asks((form.Fields[i] as Field.Signature)?.Consent))
            {
                problems.Add(JsonPointer.Append($"{at}/fields", i), Why);
            }
        }

        foreach (var (member, text) in new[] { ("title", title), ("description", description) })
        {
            if (Asks(text))
            {
                problems.Add($"/{member}", Why);
            }
        }
    }

    private static bool Names(string text) =>
        Words(text) is var words && (Secret().IsMatch(words) || Cards.Contains(words.Trim(), StringComparer.Ordinal));

    private static bool Asks(string? text) => text is not null && Request().IsMatch(Words(text));

    /// <summary>Lower case, compatibility forms resolved, accents and what is invisible left out, words apart.</summary>
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length + 8);
        var before = ' ';
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            var kind = char.GetUnicodeCategory(character);
            if (kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
            {
                continue;
            }

            if (char.IsUpper(character) && char.IsLower(before))
            {
                words.Append(' ');
            }

            words.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
            before = character;
        }

        return Spaces().Replace(words.ToString(), " ");
    }

    private const string Things =
        "(pass ?words?|pass ?wort(e|er)?|kenn ?wort|pass ?phrase|pass ?codes?|pin|pin code|pin number|otp|one time (pass)?codes?|"
        + "verification code|security code|cvv ?2?|cvc ?2?|card verification( value| code| number)?|"
        + "((credit|debit|bank) ?)?card ?(number|no|nr)s?|kredit ?karten? ?(nummer|nr)|karten ?(nummer|nr)|"
        + "numero de (carte|tarjeta)|mot de passe|contrasena|wachtwoord|haslo|senha|parola|"
        + "api ?key|access ?token|secret ?key|private ?key|client ?secret|seed ?phrase|recovery ?phrase)";

    // a field for text that is called so asks for it
    [GeneratedRegex(@"\b" + Things + @"\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    // a text asks for it when it tells the person to give it
    [GeneratedRegex(
        @"\b(enter|type|provide|give|send|tell|confirm|submit|share|supply|write|input|fill in|eingeben|nennen|bestatigen|geben sie) (\w+ ){0,5}" + Things + @"\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
