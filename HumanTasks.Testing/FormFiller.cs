using System.Text.Json.Nodes;

namespace HumanTasks.Testing;

/// <summary>Generates valid values for the fields of a form from its definition.</summary>
public static class FormFiller
{
    /// <summary>Returns valid values for a form. File fields are left out.</summary>
    /// <param name="form">The form definition with its templates resolved.</param>
    /// <param name="values">The values to use as they are; all others are generated.</param>
    public static JsonObject Fill(JsonObject form, JsonObject? values)
    {
        ArgumentNullException.ThrowIfNull(form);
        var filled = new JsonObject();
        foreach (var field in Fields(form))
        {
            var name = (string)field["name"]!;
            var value = values?[name]?.DeepClone() ?? field["value"]?.DeepClone()
                ?? (IsRequired(field) ? MadeUp(field) : null);
            if (value is not null && (bool?)field["readOnly"] != true)
            {
                filled[name] = value;
            }
        }

        return filled;
    }

    internal static string? FirstRequired(JsonObject form) => (string?)Fields(form).FirstOrDefault(IsRequired)?["name"];

    private static IEnumerable<JsonObject> Fields(JsonObject form) => (form["fields"] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsRequired(JsonObject field) => (bool?)field["required"] == true && field["visibleWhen"] is null;

    private static JsonNode? MadeUp(JsonObject field) => (string?)field["type"] switch
    {
        "number" or "integer" => JsonValue.Create((decimal?)field["min"] ?? (decimal?)field["max"] ?? 1m),
        "boolean" => JsonValue.Create(true),
        "date" => JsonValue.Create((string?)field["min"] ?? "2026-12-01"),
        "time" => JsonValue.Create((string?)field["min"] ?? "12:00"),
        "dateTime" => JsonValue.Create((string?)field["min"] ?? "2026-12-01T12:00:00Z"),
        "email" => JsonValue.Create("somebody@example.com"),
        "url" => JsonValue.Create("https://example.com/"),
        "choice" => field["options"]![0]!["value"]!.DeepClone(),
        "multiChoice" => new JsonArray(field["options"]![0]!["value"]!.DeepClone()),
        "text" => JsonValue.Create(Text((int?)field["minLength"] ?? 1, (int?)field["maxLength"] ?? int.MaxValue)),
        _ => null, // files are uploaded separately
    };

    private static string Text(int least, int most)
    {
        const string Words = "Something that a person typed";
        var text = Words.Length > most ? Words[..most] : Words;
        return text.Length >= least ? text : text + new string('.', least - text.Length);
    }
}
