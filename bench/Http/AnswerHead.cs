using System.Buffers.Text;
using System.Text;

namespace HumanTasks.Bench.Http;

/// <summary>
/// The status line and the headers that determine where the body ends (RFC 9112, section 6.3). Length includes the
/// empty line after the head; BodyLength is -1 when no header gives it.
/// </summary>
internal readonly record struct AnswerHead(int Status, int Length, int BodyLength, bool Chunked, bool Closes)
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    public static bool TryParse(ReadOnlySpan<byte> bytes, out AnswerHead head)
    {
        head = default;
        var end = bytes.IndexOf("\r\n\r\n"u8);

        if (end < 0)
        {
            return false;
        }

        if (!bytes.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(bytes[9..end], out int status, out _))
        {
            throw new InvalidDataException("The answer is not HTTP/1.1.");
        }

        head = new AnswerHead(status, end + 4, -1, false, false);
        var lines = bytes[..(end + 2)];
        lines = lines[(lines.IndexOf(LineEnd) + 2)..];

        while (!lines.IsEmpty)
        {
            var lineEnd = lines.IndexOf(LineEnd);
            head = head.With(lines[..lineEnd]);
            lines = lines[(lineEnd + 2)..];
        }

        return head.Ended();
    }

    private AnswerHead With(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');

        if (colon < 0)
        {
            throw new InvalidDataException("A header line without a colon.");
        }

        var name = line[..colon];
        var value = line[(colon + 1)..].Trim((byte)' ');

        return name.Length switch
        {
            14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8)
                && Utf8Parser.TryParse(value, out int length, out _) => this with { BodyLength = length },
            17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8) =>
                this with { Chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8) },
            10 when Ascii.EqualsIgnoreCase(name, "Connection"u8) =>
                this with { Closes = Ascii.EqualsIgnoreCase(value, "close"u8) },
            _ => this,
        };
    }

    private bool Ended() => Chunked || BodyLength >= 0 || Status is 204 or 304
        ? true
        : throw new InvalidDataException($"Answer {Status} says neither its length nor that it is chunked.");
}
