using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>A dotted path into a context: names of letters, digits, <c>_</c> and <c>-</c>; digits index a list.</summary>
public sealed record ContextPath
{
    /// <summary>The longest path, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>The most names in a path, so that what is put at one stays shallow enough to be written as JSON.</summary>
    public const int MaxSegments = 20;

    private readonly string[] segments;

    private ContextPath(string text)
    {
        Text = text;
        segments = text.Split('.');
    }

    public string Text { get; }

    /// <summary>The first name of the path: the context key that it starts at.</summary>
    public string Root => segments[0];

    public static ContextPath? TryParse(string text)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().Count('.') >= MaxSegments)
        {
            return null;
        }

        var start = true;
        foreach (var character in text)
        {
            if (character == '.')
            {
                if (start)
                {
                    return null;
                }

                start = true;
            }
            else if (char.IsLetterOrDigit(character) || character is '_' or '-')
            {
                start = false;
            }
            else
            {
                return null;
            }
        }

        return start ? null : new ContextPath(text);
    }

    /// <summary>False when the path leads nowhere; a path to an explicit null is found.</summary>
    public bool TryFind(JsonNode? from, out JsonNode? value)
    {
        value = from;
        foreach (var segment in segments)
        {
            switch (value)
            {
                case JsonObject node when node.TryGetPropertyValue(segment, out var member):
                    value = member;
                    break;
                case JsonArray list when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < list.Count:
                    value = list[index];
                    break;
                default:
                    value = null;
                    return false;
            }
        }

        return true;
    }

    /// <summary>Puts a value at the path, making the objects on the way; replaces what is not an object.</summary>
    public void Put(JsonObject into, JsonNode? value)
    {
        var target = into;
        foreach (var segment in segments.AsSpan(..^1))
        {
            if (target[segment] is not JsonObject next)
            {
                next = [];
                target[segment] = next;
            }

            target = next;
        }

        target[segments[^1]] = value;
    }

    public override string ToString() => Text;
}
