using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// A position in a list: after the record at this place. A place consists of a sortable number and IDs, joined by dots.
/// The first character names the list, so that a cursor of another list is refused.
/// </summary>
internal static class ListCursor
{
    private const int NumberLength = 19;
    private const int MaxLength = 200;

    public static string Write(char list, string place) => list + place;

    /// <summary>Returns the place, or null without a cursor, the start of the list.</summary>
    /// <exception cref="InvalidCursorException">The text is not a cursor of this list.</exception>
    public static string? Read(string? cursor, char list) => string.IsNullOrEmpty(cursor) ? null
        : cursor is { Length: > NumberLength + 2 and < MaxLength }
        && cursor[0] == list
        && cursor.AsSpan(1, NumberLength).IndexOfAnyExceptInRange('0', '9') < 0
        && cursor[NumberLength + 1] == '.'
        && cursor.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '~')
            ? cursor[1..]
            : throw new InvalidCursorException();
}
