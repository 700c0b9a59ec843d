using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// What somebody typed as the JSON value of a field. A text that is not of the field's type stays a text, so that the
/// check of the form says what is wrong and the page shows it again as it was typed.
/// </summary>
internal static class TypedValues
{
    /// <summary>Null when nothing was typed.</summary>
    /// <param name="field">Whose value it is.</param>
    /// <param name="typed">What the form sent for it.</param>
    /// <param name="numbers">Of the language of the page on which it was typed; of the request's without one.</param>
    /// <param name="prefilled">The values that may have stood there before.</param>
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

    /// <summary>The text with the line breaks that stood there before where nothing else was changed, and with line feeds otherwise.</summary>
    private static string AsItWas(string typed, IEnumerable<JsonNode?> prefilled) => !LineBreaks.Any(typed) ? typed
        : prefilled.Select(value => JsonValues.TryText(value, out var text) ? text : null)
            .FirstOrDefault(text => text is not null && LineBreaks.AreSame(text, typed))
            ?? LineBreaks.Of(typed);

    /// <summary>What a browser made of the value of an option is that value again.</summary>
    public static string AsOption(Form form, string name, string typed) => FieldOf(form, name) switch
    {
        Field.Choice choice => Option.Meant(choice.Options, typed),
        Field.MultiChoice choices => Option.Meant(choices.Options, typed),
        _ => typed,
    };

    /// <summary>The value of an option, also where its label was typed: without a script the cells of a table only suggest.</summary>
    private static string Chosen(Field.Choice choice, string typed) =>
        choice.Options.All(option => option.Value != typed)
        && choice.Options.Where(option => option.Label.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray() is [var named]
            ? named.Value
            : typed;

    /// <summary>What was typed on a page of another language, as it is typed on a page of the present one.</summary>
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

    /// <summary>A checkbox comes with a hidden "false" before it, so that one left empty is an answer too.</summary>
    private static JsonValue Truth(IReadOnlyList<string> typed) =>
        typed.Any(value => value is "true" or "on") ? JsonValue.Create(true)
        : typed.All(value => value == "false") ? JsonValue.Create(false)
        : JsonValue.Create(typed.First(value => value != "false"));
}
