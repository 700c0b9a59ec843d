using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Agents;

/// <summary>JSON for models, without optional escapes, which waste tokens and obscure the meaning.</summary>
internal static class PlainJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Plainly(this JsonNode node) => node.ToJsonString(Plain);
}
