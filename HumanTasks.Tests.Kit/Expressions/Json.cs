using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Expressions;

internal static class Json
{
    public static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    public static string Quote(string text) => JsonValue.Create(text).ToJsonString();
}
