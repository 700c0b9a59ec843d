using System.Text.Json;

namespace HumanTasks.Bench.Http;

internal static class JsonMembers
{
    /// <summary>Returns the text of a member of the outermost object, or null if there is none.</summary>
    public static string? Text(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();

            if (found)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
