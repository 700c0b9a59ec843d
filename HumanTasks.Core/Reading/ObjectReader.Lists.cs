using System.Text.Json;

namespace HumanTasks.Core.Reading;

public sealed partial class ObjectReader
{
    /// <summary>
    /// Returns the elements of an array member, each with its pointer; empty if it is absent or not an array.
    /// </summary>
    public IReadOnlyList<(JsonElement Element, string Pointer)> Array(string member, int maxCount)
    {
        if (Any(member) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Problems.AddShape(At(member), "Must be an array.");
            return [];
        }

        if (value.GetArrayLength() > maxCount)
        {
            Refuse(member, $"Must have at most {Number(maxCount)} items.");
            return [];
        }

        var pointer = At(member);
        return [.. value.EnumerateArray().Select((item, index) => (item, JsonPointer.Append(pointer, index)))];
    }

    public IReadOnlyList<string> Texts(string member, int maxCount, int maxLength = 200) =>
        [.. TextsAt(member, maxCount, maxLength).Select(item => item.Text)];

    /// <summary>
    /// Returns the texts of an array member, each with its pointer. Other elements are recorded as problems and left
    /// out.
    /// </summary>
    /// <param name="member">The name of the member.</param>
    /// <param name="maxCount">The maximum number of elements.</param>
    /// <param name="maxLength">The maximum length of each text.</param>
    /// <param name="orEmpty">Whether empty texts are returned for the caller to check.</param>
    public IReadOnlyList<(string Text, string Pointer)> TextsAt(string member, int maxCount, int maxLength = 200, bool orEmpty = false)
    {
        List<(string, string)> texts = [];
        foreach (var (item, pointer) in Array(member, maxCount))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { } text
                && text.Length <= maxLength && (text.Length > 0 || orEmpty))
            {
                texts.Add((text, pointer));
            }
            else
            {
                Problems.AddShape(pointer, $"This must be a text of 1 to {Number(maxLength)} characters.");
            }
        }

        return texts;
    }

    /// <summary>Does the same for a member that may also be a single text.</summary>
    public IReadOnlyList<(string Text, string Pointer)> OneOrMore(string member, int maxCount, int maxLength = 200, bool orEmpty = false) =>
        Any(member) is not { ValueKind: JsonValueKind.String } ? TextsAt(member, maxCount, maxLength, orEmpty)
        : Text(member, maxLength) is { } one && (one.Length > 0 || orEmpty) ? [(one, At(member))]
        : [];

    /// <summary>Returns whether the member is an empty list.</summary>
    public bool IsEmptyList(string member) =>
        Any(member) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;
}
