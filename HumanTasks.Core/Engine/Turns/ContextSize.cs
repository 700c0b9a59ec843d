using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The size of a run's context, in bytes of JSON.</summary>
internal static class ContextSize
{
    public static int Of(JsonObject context) => JsonSerializer.SerializeToUtf8Bytes(context, ValueJson.Default.JsonObject).Length;

    public static string Refusal(int size, int limit) =>
        $"The context is {size} bytes; the limit is {limit} (MaxContextBytes).";
}
