using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// A dotted path into a context. Names consist of letters, digits, <c>_</c> and <c>-</c>; digits index a list.
/// </summary>
public sealed record ContextPath
{
    /// <summary>The maximum length of a path, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// The maximum number of names in a path, which keeps values put at a path shallow enough to be written as JSON.
    /// </summary>
    public const int MaxSegments = 20;

    private readonly string[] segments;

    private ContextPath(string text)
    {
        Text = text;
        segments = text.Split('.');
    }

    public string Text { get; }

    /// <summary>The first name of the path, which is the context key.</summary>
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

    /// <summary>
    /// Finds the value at the path. Returns false if the path does not exist; an explicit null is found.
    /// </summary>
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

    /// <summary>
    /// Returns all values at the path, where a name matches the member of every list item: <c>items.iban</c> is the
    /// IBAN of every item.
    /// </summary>
    public IEnumerable<JsonNode> FindAll(JsonNode? from) => FindAll(from, 0);

    private IEnumerable<JsonNode> FindAll(JsonNode? from, int at) => from switch
    {
        null => [],
        _ when at == segments.Length => [from],
        JsonObject node => FindAll(node[segments[at]], at + 1),
        JsonArray list when int.TryParse(segments[at], NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
            index < list.Count ? FindAll(list[index], at + 1) : [],
        JsonArray list => list.SelectMany(item => FindAll(item, at)),
        _ => [],
    };

    /// <summary>
    /// Returns the path of this value in <paramref name="place"/> after the value at <paramref name="copied"/> was
    /// copied there: the place itself if this path is the same or an ancestor, a path below it if this path is a
    /// descendant, and null if they do not overlap.
    /// </summary>
    public string? Below(string place, ContextPath copied)
    {
        var (own, other) = (0, 0);
        while (own < segments.Length && other < copied.segments.Length)
        {
            if (segments[own] == copied.segments[other])
            {
                own++;
                other++;
            }
            else if (IsIndex(copied.segments[other]))
            {
                other++; // this path means every item of the list
            }
            else
            {
                return null;
            }
        }

        return own == segments.Length ? place : $"{place}.{string.Join('.', segments[own..])}";
    }

    private static bool IsIndex(string segment) => int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// Puts a value at the path. Creates missing objects on the way and replaces values that are not objects.
    /// </summary>
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
