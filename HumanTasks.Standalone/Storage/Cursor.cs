using System.Buffers.Binary;
using System.Buffers.Text;
using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>A position in a list: after the row with this key and, in lists sorted by a value, this value.</summary>
/// <param name="List">The list it belongs to, so that a cursor of another list is refused.</param>
/// <param name="Value">The value that the list is sorted by, or 0.</param>
/// <param name="Key">The key of the previous page's last row.</param>
internal readonly record struct Cursor(byte List, long Value, long Key)
{
    private const int Size = 17;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = List;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Key);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor; returns null for null, the start of the list.</summary>
    /// <exception cref="InvalidCursorException">The text is not a cursor of these lists.</exception>
    public static Cursor? Read(string? text, params ReadOnlySpan<byte> lists)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var list in lists)
        {
            if (TryRead(text, list) is { } cursor)
            {
                return cursor;
            }
        }

        throw new InvalidCursorException();
    }

    private static Cursor? TryRead(string text, byte list)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text.Length == Base64Url.GetEncodedLength(Size)
            && Base64Url.IsValid(text)
            && Base64Url.DecodeFromChars(text, bytes) == Size
            && bytes[0] == list
                ? new Cursor(list, BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]))
                : null;
    }
}
