using System.Text.Encodings.Web;
using System.Text.Json;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>
/// An upper bound of the page size of a form, in bytes, with each text in its longest language. A table multiplies its
/// columns by its rows, so a small definition can produce a page that no browser can display.
/// </summary>
internal static class FormWeight
{
    /// <summary>The maximum page size of a saved form, in bytes.</summary>
    public const long Most = 2 << 20;

    private const int Markup = 900; // of a field without its texts and names
    private const int NamesOfField = 12; // how often the page repeats a field's name
    private const int KeptFile = 1500;
    private const int ButtonOfRow = 700;
    private const int OptionOfList = 60;
    private const int OptionWithInput = 250;
    private const int MostRadioButtons = 5;
    private const int UsualRows = 50;

    /// <summary>Refuses a form whose page would be too large.</summary>
    public static void Check(JsonElement form, string pointer, Problems problems)
    {
        var fields = FormDefinition.FieldsOf(form).Select(field => field.Field).Select(field => (Name: TextOf(field, "name"), Bytes: OfField(field, 0))).ToArray();
        if (fields.Sum(field => field.Bytes) is var all && all > Most)
        {
            var (name, bytes) = fields.MaxBy(field => field.Bytes);
            problems.Add(
                pointer,
                $"The page of this form could have {ByteSize.Of(all)}; at most {ByteSize.Of(Most)} are possible. "
                + $"'{name}' alone has {ByteSize.Of(bytes)}: use fewer rows, columns, options or shorter texts.");
        }
    }

    private static long OfField(JsonElement field, int outerNames)
    {
        var names = outerNames + TextOf(field, "name").Length;
        var own = Markup + (NamesOfField * names)
            + (4 * Longest(field, "label")) + Longest(field, "help") + (2 * Longest(field, "message"))
            + (3 * Longest(field, "value")) + (2 * Longest(field, "visibleWhen")) + (2 * Longest(field, "markdown")) + Longest(field, "consent");
        return own + TextOf(field, "type") switch
        {
            "table" => OfRows(field, names),
            "file" => Number(field, "maxFiles", FormReader.MaxFiles) * (long)KeptFile,
            var type => OfOptions(field, names) + ((FieldTypes.Find(type)?.Inputs ?? 0) * (OptionWithInput + (4 * names) + OptionOfList)),
        };
    }

    private static long OfRows(JsonElement table, int names)
    {
        var rows = Math.Max(Number(table, "maxRows", UsualRows), Number(table, "minRows", 0));
        long row = ButtonOfRow;
        long once = 0;
        foreach (var column in List(table, "fields"))
        {
            var cell = OfField(column, names + 5);
            var options = IsDropdown(column) ? OfOptions(column, names) : 0; // all rows share one list
            row += cell - options;
            once += options;
        }

        return once + (rows * row);
    }

    private static long OfOptions(JsonElement field, int names) => List(field, "options").Sum(option =>
        (IsDropdown(field) ? OptionOfList : OptionWithInput + (4 * names)) + Longest(option, "value") + Math.Max(Longest(option, "label"), Longest(option, "value")));

    private static bool IsDropdown(JsonElement field) => TextOf(field, "type") == "choice"
        && (TextOf(field, "display") is var display and not "" ? display == "dropdown" : List(field, "options").Length > MostRadioButtons);

    /// <summary>Returns the HTML size of a member, in the longest language if it has several.</summary>
    private static long Longest(JsonElement members, string member) =>
        members.ValueKind != JsonValueKind.Object || !members.TryGetProperty(member, out var value) ? 0
        : value.ValueKind == JsonValueKind.String ? Encoded(value.GetString()!)
        : value.ValueKind == JsonValueKind.Object && member is "label" or "help" or "message"
            ? value.EnumerateObject().Max(text => text.Value.ValueKind == JsonValueKind.String ? Encoded(text.Value.GetString()!) : (long?)0) ?? 0
        : Encoded(value.GetRawText());

    private static long Encoded(string text) => HtmlEncoder.Default.Encode(text).Length;

    private static string TextOf(JsonElement members, string member) =>
        members.ValueKind == JsonValueKind.Object && members.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static int Number(JsonElement members, string member, int usual) =>
        members.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : usual;

    private static JsonElement[] List(JsonElement members, string member) =>
        members.ValueKind == JsonValueKind.Object && members.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];
}
