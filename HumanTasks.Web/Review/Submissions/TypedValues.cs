using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Web.Forms.Types;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Converts typed text to the JSON values of a form, as the faces of its fields read it.</summary>
internal static class TypedValues
{
    /// <summary>Returns the value; null when nothing was typed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="typed">The texts that the form sent for it.</param>
    /// <param name="numbers">The number format of the page's language; without one that of the request's.</param>
    /// <param name="prefilled">The values that the input may have had before.</param>
    public static JsonNode? ToValue(
        Field field, IReadOnlyList<string> typed, NumberTable? numbers = null, IEnumerable<JsonNode?>? prefilled = null) =>
        FieldFaces.Of(field).FromTexts(field, typed, new TypedFor(numbers ?? NumberTable.Current, prefilled));

    /// <summary>Returns the page's original text for what a browser made of it.</summary>
    public static string AsGiven(Form form, string name, string typed) =>
        FieldOf(form, name) is { } field ? FieldFaces.Of(field).AsGiven(field, typed) : typed;

    /// <summary>Converts texts typed on a page in another language to the current page's language.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Translated(
        Form form, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, NumberTable from) =>
        typed.ToDictionary(
            text => text.Key,
            text => FieldOf(form, text.Key) is { } field ? FieldFaces.Of(field).Translated(field, text.Value, from) : text.Value,
            StringComparer.Ordinal);

    private static Field? FieldOf(Form form, string name) =>
        form.Find(name) ?? (name.Split('.') is [var table, _, var column] && form.Find(table) is Field.Table { Columns: var columns }
            ? columns.FirstOrDefault(one => one.Name == column)
            : null);
}
