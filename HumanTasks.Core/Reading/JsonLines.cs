using System.Text;
using System.Text.Json;

namespace HumanTasks.Core.Reading;

/// <summary>Maps JSON pointers to lines of a JSON text.</summary>
public static class JsonLines
{
    /// <summary>
    /// Returns the line, from 1, on which the value of each JSON pointer (RFC 6901) starts. Invalid JSON is covered up
    /// to its first error.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        Stack<(string Pointer, int Index)> open = [];
        var (pointer, line, counted) = ("", 1, 0L);
        try
        {
            while (reader.Read())
            {
                line += bytes.AsSpan((int)counted, (int)(reader.TokenStartIndex - counted)).Count((byte)'\n');
                counted = reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        pointer = JsonPointer.Append(open.Peek().Pointer, reader.GetString()!);
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        open.Pop();
                        continue;
                    default:
                        break;
                }

                if (open.TryPeek(out var parent) && parent.Index >= 0)
                {
                    open.Pop();
                    open.Push((parent.Pointer, parent.Index + 1));
                    pointer = JsonPointer.Append(parent.Pointer, parent.Index);
                }

                lines.TryAdd(pointer, line);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push((pointer, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                }
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // keeps the lines read so far
        }

        return lines;
    }

    /// <summary>Returns the line of a pointer, or of the nearest enclosing value; 1 if there is none.</summary>
    public static int LineOf(IReadOnlyDictionary<string, int> lines, string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
        {
            if (lines.TryGetValue(at, out var line))
            {
                return line;
            }

            if (!at.Contains('/', StringComparison.Ordinal))
            {
                return 1;
            }
        }
    }
}
