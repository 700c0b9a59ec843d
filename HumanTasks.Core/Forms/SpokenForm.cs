using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>The definition of a form in one language.</summary>
public static class SpokenForm
{
    /// <summary>Returns the definition with each text in one language, preferably the given one.</summary>
    public static JsonElement In(JsonElement definition, string language)
    {
        if (!HasSeveral(definition))
        {
            return definition;
        }

        var spoken = JsonObject.Create(definition)!;
        Speak(spoken, language);
        return JsonSerializer.SerializeToElement(spoken, ValueJson.Default.JsonNode);
    }

    private static bool HasSeveral(JsonElement definition) => definition.ValueKind == JsonValueKind.Object && definition.EnumerateObject().Any(member =>
        (member.Value.ValueKind == JsonValueKind.Object && FieldTypes.Texts.Contains(member.Name))
        || (member.Value.ValueKind == JsonValueKind.Array && FieldTypes.Parts.Contains(member.Name) && member.Value.EnumerateArray().Any(HasSeveral)));

    private static void Speak(JsonObject definition, string language)
    {
        foreach (var (name, value) in definition.ToArray())
        {
            if (value is JsonObject texts && FieldTypes.Texts.Contains(name))
            {
                Dictionary<string, string> known = new(StringComparer.Ordinal);
                foreach (var (tag, text) in texts)
                {
                    known[Languages.Of(tag) ?? tag] = (string)text!; // an older build saved two texts for one language
                }

                definition[name] = Languages.Choose(known, language)?.Text;
            }
            else if (value is JsonArray parts && FieldTypes.Parts.Contains(name))
            {
                foreach (var part in parts.OfType<JsonObject>())
                {
                    Speak(part, language);
                }
            }
        }
    }
}
