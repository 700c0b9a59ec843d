using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// Converts typed text to the JSON value of a field. A text that does not match the field's type stays a text, so that
/// form validation reports the problem and the page shows the text again as typed.
/// </summary>
internal static class TypedValues
{
    /// <summary>Returns the value; null when nothing was typed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="typed">The texts that the form sent for it.</param>
    /// <param name="numbers">The number format of the page's language; without one that of the request's.</param>
    /// <param name="prefilled">The values that the input may have had before.</param>
    public static JsonNode? ToValue(
        Field field, IReadOnlyList<string> typed, NumberTable? numbers = null, IEnumerable<JsonNode?>? prefilled = null)
    {
        if (field is Field.MultiChoice)
        {
            var chosen = typed.Where(value => value.Length > 0).ToArray();
            return chosen.Length == 0 ? null : new JsonArray([.. chosen.Select(value => JsonValue.Create(value))]);
        }

        if (field is Field.Moment moment)
        {
            return moment.Meant(typed) is var meant && !BlankText.Is(meant) ? JsonValue.Create(meant) : null;
        }

        if (typed.All(BlankText.Is))
        {
            return null;
        }

        return field switch
        {
            Field.Boolean => Truth(typed),
            Field.Number number => (numbers ?? NumberTable.Current).Read(typed[^1], number.HasThousandths) is TypedNumber.One one
                ? JsonValue.Create(one.Value)
                : JsonValue.Create(typed[^1]),
            Field.Choice choice => Chosen(choice, typed[^1]),
            Field.Text => AsItWas(typed[^1], prefilled ?? [field.Value]),
            _ => typed[^1],
        };
    }

    /// <summary>
    /// Returns a text with its original line breaks if nothing else changed, otherwise with line feeds.
    /// </summary>
    private static string AsItWas(string typed, IEnumerable<JsonNode?> prefilled) => !LineBreaks.Any(typed) ? typed
        : prefilled.Select(value => JsonValues.TryText(value, out var text) ? text : null)
            .FirstOrDefault(text => text is not null && LineBreaks.AreSame(text, typed))
            ?? LineBreaks.Of(typed);

    /// <summary>Returns the option's original value for the text that a browser made of it.</summary>
    public static string AsOption(Form form, string name, string typed) => FieldOf(form, name) switch
    {
        Field.Choice choice => Option.Meant(choice.Options, typed),
        Field.MultiChoice choices => Option.Meant(choices.Options, typed),
        _ => typed,
    };

    /// <summary>
    /// Returns an option's value, also for its label: without a script, table cells only suggest options.
    /// </summary>
    private static string Chosen(Field.Choice choice, string typed) =>
        choice.Options.All(option => option.Value != typed)
        && choice.Options.Where(option => option.Label.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray() is [var named]
            ? named.Value
            : typed;

    /// <summary>Converts texts typed on a page in another language to the current page's language.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Translated(
        Form form, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, NumberTable from) =>
        typed.ToDictionary(
            text => text.Key,
            text => text.Value is [.., var last] && FieldOf(form, text.Key) is Field.Number number
                && from.Read(last, number.HasThousandths) is TypedNumber.One one
                ? [NumberTable.Current.Write(one.Value, number.HasThousandths)]
                : text.Value,
            StringComparer.Ordinal);

    private static Field? FieldOf(Form form, string name) =>
        form.Find(name) ?? (name.Split('.') is [var table, _, var column] && form.Find(table) is Field.Table { Columns: var columns }
            ? columns.FirstOrDefault(one => one.Name == column)
            : null);

    /// <summary>
    /// Reads a checkbox. The form has a hidden "false" before it, so that an unticked box is an answer, too.
    /// </summary>
    private static JsonValue Truth(IReadOnlyList<string> typed) =>
        typed.Any(value => value is "true" or "on") ? JsonValue.Create(true)
        : typed.All(value => value == "false") ? JsonValue.Create(false)
        : JsonValue.Create(typed.First(value => value != "false"));
}
