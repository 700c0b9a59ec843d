using System.Buffers.Text;
using System.Text;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Standalone.Storage;

/// <summary>A position in a list by name: after this name.</summary>
internal static class NameCursor
{
    private const char Mark = 'n';

    public static string Write(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mark + name));

    /// <summary>Returns the name; without a cursor the empty text, which sorts before every name.</summary>
    /// <exception cref="InvalidCursorException">The text is not a cursor of this list.</exception>
    public static string Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return "";
        }

        var text = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        return text.StartsWith(Mark) && RuleSetName.IsValid(text[1..]) ? text[1..] : throw new InvalidCursorException();
    }
}
