using System.Buffers;
using System.Text.Json;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>Edits the stored JSON of a run member by member. All other members stay unchanged byte for byte.</summary>
public static class RunBody
{
    private const string State = "state";
    private const string UpdatedAt = "updatedAt";
    private const string Version = "version";
    private const string CorrelationId = "correlationId";

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 1000 };

    /// <summary>Returns the state in a body; null if it is unreadable.</summary>
    public static RunState? StateOf(ReadOnlyMemory<byte> body) => Read(body, root =>
        root.TryGetProperty(State, out var state) ? state.Deserialize(CoreJson.Default.RunState) : null);

    /// <summary>Returns the correlation ID in a body; null if there is none.</summary>
    public static string? CorrelationIdOf(ReadOnlyMemory<byte> body) => Read(body, root =>
        root.TryGetProperty(CorrelationId, out var id) ? id.GetString() : null);

    /// <summary>
    /// Returns the body with another state, time and, if present, version. A body that is not a JSON object is returned
    /// unchanged; readers must then rely on the columns stored beside it.
    /// </summary>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> body, RunState state, DateTimeOffset updatedAt, int version) =>
        Read<byte[]>(body, root => Write(root, state, updatedAt, version)) ?? body;

    private static byte[] Write(JsonElement root, RunState state, DateTimeOffset updatedAt, int version)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { MaxDepth = Lenient.MaxDepth, SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var member in root.EnumerateObject().Where(member => member.Name is not (State or UpdatedAt)))
            {
                writer.WritePropertyName(member.Name);
                if (member.Name == Version)
                {
                    writer.WriteNumberValue(version);
                }
                else
                {
                    writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                }
            }

            writer.WriteString(UpdatedAt, updatedAt);
            writer.WritePropertyName(State);
            JsonSerializer.Serialize(writer, state, CoreJson.Default.RunState);
            writer.WriteEndObject();
        }

        return written.WrittenSpan.ToArray();
    }

    private static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null; // this reader returns null for unreadable bodies
        }
    }
}
