using System.Buffers.Text;

namespace HumanTasks.Bench.Http;

/// <summary>Decodes the chunked transfer coding (RFC 9112, section 7.1) in place.</summary>
internal static class ChunkedBody
{
    /// <summary>Decodes the body; returns false, and changes nothing, while the last chunk is missing.</summary>
    public static bool TryDecode(Span<byte> bytes, out int length)
    {
        length = 0;

        if (!IsWhole(bytes))
        {
            return false;
        }

        for (var at = 0; TryReadSize(bytes, at, out var start, out var size) && size > 0; at = start + size + 2)
        {
            bytes.Slice(start, size).CopyTo(bytes[length..]);
            length += size;
        }

        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var at = 0;

        while (TryReadSize(bytes, at, out var start, out var size))
        {
            if (size == 0)
            {
                return bytes[(start - 2)..].IndexOf("\r\n\r\n"u8) >= 0;
            }

            at = start + size + 2;

            if (at > bytes.Length)
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> bytes, int at, out int start, out int size)
    {
        var end = bytes[at..].IndexOf("\r\n"u8);
        start = at + end + 2;
        size = 0;

        if (end < 0)
        {
            return false;
        }

        return Utf8Parser.TryParse(bytes.Slice(at, end), out size, out _, 'X') && size >= 0
            ? true
            : throw new InvalidDataException("A chunk without a size.");
    }
}
