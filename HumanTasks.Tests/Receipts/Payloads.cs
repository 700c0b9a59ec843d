using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Receipts;

internal static class Payloads
{
    public static JsonObject With(this JsonObject payload, string member, JsonNode? value)
    {
        payload[member] = value;
        return payload;
    }
}
