using System.Text.Json;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>A form's definition as JSON, for what looks at it before or without reading it.</summary>
internal static class FormDefinition
{
    /// <summary>The fields of all pages in their order, each with its pointer below the form.</summary>
    public static IEnumerable<(JsonElement Field, string Pointer)> FieldsOf(JsonElement form) =>
        form.ValueKind == JsonValueKind.Object && form.TryGetProperty("pages", out var pages) && pages.ValueKind == JsonValueKind.Array
            ? pages.EnumerateArray().Index().SelectMany(page => In(page.Item, JsonPointer.Append("/pages", page.Index)))
            : In(form, "");

    /// <summary>The pointer of a field below the form; empty for one that is not there.</summary>
    public static string PointerOf(JsonElement form, string name) =>
        FieldsOf(form).FirstOrDefault(field => field.Field.ValueKind == JsonValueKind.Object
            && field.Field.TryGetProperty("name", out var known) && known.ValueKind == JsonValueKind.String && known.ValueEquals(name)).Pointer ?? "";

    private static IEnumerable<(JsonElement Field, string Pointer)> In(JsonElement parent, string at) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array
            ? fields.EnumerateArray().Index().Select(field => (field.Item, JsonPointer.Append($"{at}/fields", field.Index)))
            : [];
}
