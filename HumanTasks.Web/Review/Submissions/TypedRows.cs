using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>The rows of tables in a posted form, whose cells are named <c>table.row.column</c>.</summary>
internal static class TypedRows
{
    private const int NameParts = 3;

    /// <summary>Returns whether a name is that of a cell of a table in the form.</summary>
    public static bool IsCell(Form form, string name) => name.Split('.') is [var table, _, _] && form.Find(table) is Field.Table;

    /// <summary>Returns the rows in order, each with the texts of its columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>> Of(
        Field.Table table, IReadOnlyDictionary<string, IReadOnlyList<string>> typed) =>
    [
        .. typed
            .Select(text => (Parts: text.Key.Split('.', NameParts), Texts: text.Value))
            .Where(cell => cell.Parts.Length == NameParts && cell.Parts[0] == table.Name && Number(cell.Parts[1]) is not null)
            .GroupBy(cell => Number(cell.Parts[1])!.Value)
            .OrderBy(row => row.Key)
            .Take(Field.Table.MostRows)
            .Select(row => row.ToDictionary(cell => cell.Parts[2], cell => cell.Texts, StringComparer.Ordinal)),
    ];

    /// <summary>Returns a row as JSON. Unknown columns stay, and validation refuses them.</summary>
    public static JsonObject ToJson(Field.Table table, IReadOnlyDictionary<string, IReadOnlyList<string>> row, NumberTable numbers)
    {
        var values = new JsonObject();
        foreach (var (name, texts) in row)
        {
            var column = table.Columns.FirstOrDefault(one => one.Name == name);
            if ((column is null ? JsonValue.Create(texts[^1]) : TypedValues.ToValue(column, texts, numbers, Prefilled(table, column))) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <summary>
    /// Returns the values that a column's cells may have had before: rows move when others are added or removed.
    /// </summary>
    public static IEnumerable<JsonNode?> Prefilled(Field.Table table, Field column) =>
        Field.Table.RowsOf(table.Value).Select(row => row[column.Name]).Append(column.Value);

    /// <summary>Returns the texts with other rows for a table.</summary>
    public static Dictionary<string, IReadOnlyList<string>> With(
        IReadOnlyDictionary<string, IReadOnlyList<string>> typed,
        Field.Table table,
        IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>> rows)
    {
        var changed = typed
            .Where(text => text.Key.Split('.', NameParts) is not [var name, _, _] || name != table.Name)
            .ToDictionary(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var column in table.Columns)
            {
                changed[Field.Table.CellName(table.Name, i, column.Name)] = rows[i].GetValueOrDefault(column.Name) ?? [""];
            }
        }

        return changed;
    }

    /// <summary>Returns the texts after a button that adds or removes a row; unchanged for other buttons.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Changed(
        Form form, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, string wish)
    {
        if (wish.Split(':') is not [var what, var name, .. var rest] || form.Find(name) is not Field.Table { ReadOnly: false } table)
        {
            return typed;
        }

        List<IReadOnlyDictionary<string, IReadOnlyList<string>>> rows = [.. Of(table, typed)];
        if (what == "add" && rows.Count < table.MaxRows)
        {
            while (rows.Count < Math.Max(table.MinRows, 1))
            {
                rows.Add(Empty); // rows that were empty
            }

            rows.Add(Empty);
        }
        else if (what == "remove" && rest is [var number] && Number(number) is { } row && row < rows.Count)
        {
            rows.RemoveAt(row);
        }

        return With(typed, table, rows);
    }

    /// <summary>
    /// Returns the row to focus after a button that adds or removes one; null if it was in another table.
    /// </summary>
    public static int? Touched(Field.Table table, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, string wish)
    {
        var last = Of(table, changed).Count - 1;
        return wish.Split(':') is not [var what, var name, .. var rest] || name != table.Name ? null
            : what == "remove" && rest is [var number] && Number(number) is { } row ? Math.Max(0, Math.Min(row, last))
            : Math.Max(0, last);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Empty { get; } = new Dictionary<string, IReadOnlyList<string>>();

    private static int? Number(string text) =>
        text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
