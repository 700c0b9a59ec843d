using System.Text;
using System.Text.Json;

namespace HumanTasks.Core.Reading;

/// <summary>Where in a text of JSON a pointer leads.</summary>
public static class JsonLines
{
    /// <summary>JSON pointer (RFC 6901) to the line, from 1, on which its value begins. Of a text that is no JSON, as far as it is.</summary>
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
            // what was read so far has its lines
        }

        return lines;
    }

    /// <summary>The line of a pointer, or of the nearest value around it; 1 for what is nowhere.</summary>
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
