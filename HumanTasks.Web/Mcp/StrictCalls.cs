using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Api;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Mcp;

/// <summary>
/// Reads tool calls as strictly as any other request body. The protocol's own reader keeps the last of duplicate
/// members and fails on unpaired surrogates without a reason; a model that gets the reason can correct its call.
/// </summary>
internal static class StrictCalls
{
    private const string ToolsCall = "tools/call";

    private static readonly JsonDocumentOptions Protocol = new() { MaxDepth = 64 };

    /// <summary>
    /// Answers a call whose arguments are invalid JSON for requests; returns false for every other request.
    /// </summary>
    public static async Task<bool> TryRefuseAsync(HttpContext context)
    {
        var limit = context.RequestServices.GetRequiredService<LimitOptions>().MaxBodyBytes;
        if (await ApiRequest.ReadBytesAsync(context.Request, limit, context.RequestAborted) is not { } body)
        {
            return false; // the usual size limit refuses it
        }

        context.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        if (Refusal(body) is not var (id, reason))
        {
            return false;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["result"] = new JsonObject
                {
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = reason }),
                    ["isError"] = true,
                },
            }.ToJsonString(),
            context.RequestAborted);
        return true;
    }

    private static (JsonNode? Id, string Reason)? Refusal(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Protocol);
            var call = document.RootElement;
            if (call.ValueKind != JsonValueKind.Object
                || !call.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String || !method.ValueEquals(ToolsCall)
                || !call.TryGetProperty("id", out var id)
                || !call.TryGetProperty("params", out var given) || given.ValueKind != JsonValueKind.Object
                || !given.TryGetProperty("arguments", out var arguments))
            {
                return null;
            }

            return Reason(body, arguments) is { } reason ? (JsonNode.Parse(id.GetRawText()), reason) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // not a message of the protocol: its own reader reports it
        }
    }

    private static string? Reason(ReadOnlyMemory<byte> body, JsonElement arguments)
    {
        if (!WholeText.Is(body.Span))
        {
            return "The arguments are invalid: they have an unpaired surrogate.";
        }

        if (arguments.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            return "The arguments must be an object, such as { \"question\": \"Can I continue?\" }.";
        }

        return Twins(arguments, "").ToArray() is { Length: > 0 } twins ? string.Join('\n', twins) : null;
    }

    private static IEnumerable<string> Twins(JsonElement value, string pointer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                HashSet<string> seen = new(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    var at = JsonPointer.Append(pointer, member.Name);
                    if (!seen.Add(member.Name))
                    {
                        yield return $"{at}: '{member.Name}' appears twice.";
                    }

                    foreach (var twin in Twins(member.Value, at))
                    {
                        yield return twin;
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    foreach (var twin in Twins(item, JsonPointer.Append(pointer, index)))
                    {
                        yield return twin;
                    }
                }

                break;
            default:
                break;
        }
    }
}
