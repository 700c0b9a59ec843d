using System.Text.Json;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Refuses numbers beyond a decimal (±79,228,162,514,264,337,593,543,950,335), because the sender can send another.
/// Server responses to <c>http</c> actions keep them, because nobody can correct them.
/// </summary>
public static class DecimalRange
{
    private const int MaxProblems = 50; // limits the response to a body full of such numbers

    /// <summary>Records each such number, at any depth, unless its place already has a problem.</summary>
    /// <param name="element">The document, or a part of it.</param>
    /// <param name="pointer">The pointer to the part.</param>
    /// <param name="problems">Receives the problems found.</param>
    public static void Check(JsonElement element, string pointer, Problems problems)
    {
        if (!IsWithin(element))
        {
            var known = problems.Select(problem => problem.Pointer).ToHashSet(StringComparer.Ordinal);
            foreach (var beyond in Beyond(element, pointer).Where(beyond => !known.Contains(beyond)).Take(MaxProblems))
            {
                problems.Add(beyond, "This number is too large: it must be between -79228162514264337593543950335 and 79228162514264337593543950335.");
            }
        }
    }

    private static bool IsWithin(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out _),
        JsonValueKind.Object => element.EnumerateObject().All(member => IsWithin(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsWithin),
        _ => true,
    };

    private static IEnumerable<string> Beyond(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.Number when !element.TryGetDecimal(out _) => [pointer],
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(member => Beyond(member.Value, JsonPointer.Append(pointer, member.Name))),
        JsonValueKind.Array => element.EnumerateArray()
            .SelectMany((item, index) => Beyond(item, JsonPointer.Append(pointer, index))),
        _ => [],
    };
}
