using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Agents;

/// <summary>JSON as a model reads it: without escapes that JSON itself does not need, which cost tokens and sense.</summary>
internal static class PlainJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Plainly(this JsonNode node) => node.ToJsonString(Plain);
}
