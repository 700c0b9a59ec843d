using System.Buffers.Text;
using System.Text;

namespace HumanTasks.Standalone.Storage;

/// <summary>Where a list by name goes on: after this name.</summary>
internal static class NameCursor
{
    private const char Mark = 'n';

    public static string Write(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mark + name));

    /// <summary>The name, or the empty text, which is before every name, when the cursor is none of ours.</summary>
    public static string Read(string? cursor)
    {
        if (cursor is null || !Base64Url.IsValid(cursor))
        {
            return "";
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(Mark) ? text[1..] : "";
    }
}
