using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Where a list goes on: after the record at this place. A place is a number that sorts and ids, joined by dots; the
/// first character says of which list it is, so that a cursor of another one is not taken for ours.
/// </summary>
internal static class ListCursor
{
    private const int NumberLength = 19;
    private const int MaxLength = 200;

    public static string Write(char list, string place) => list + place;

    /// <summary>The place, or null without a cursor, which is where a list begins.</summary>
    /// <exception cref="InvalidCursorException">The text is no cursor of this list.</exception>
    public static string? Read(string? cursor, char list) => string.IsNullOrEmpty(cursor) ? null
        : cursor is { Length: > NumberLength + 2 and < MaxLength }
        && cursor[0] == list
        && cursor.AsSpan(1, NumberLength).IndexOfAnyExceptInRange('0', '9') < 0
        && cursor[NumberLength + 1] == '.'
        && cursor.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '~')
            ? cursor[1..]
            : throw new InvalidCursorException();
}
