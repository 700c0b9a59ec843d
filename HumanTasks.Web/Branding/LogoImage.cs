using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace HumanTasks.Web.Branding;

/// <summary>
/// A logo made safe: of a PNG only the parts that make up the picture; of an SVG only shapes, colours and texts,
/// nothing that runs, loads or links.
/// </summary>
/// <param name="ContentType">image/png or image/svg+xml.</param>
/// <param name="Bytes">The content, up to <see cref="MaxBytes"/>.</param>
public sealed record LogoImage(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The maximum size of a logo, in bytes: everybody who opens a link loads it.</summary>
    public const int MaxBytes = 64 * 1024;

    public const string Png = "image/png";
    public const string Svg = "image/svg+xml";

    private static readonly string TooLarge = $"The logo must be at most {MaxBytes / 1024} kB.";

    private const int MaxSide = 2000;
    private const int ChunkHead = 8;
    private const int ChunkTail = 4;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private static readonly HashSet<string> Chunks = new(StringComparer.Ordinal) { "IHDR", "PLTE", "tRNS", "sRGB", "gAMA", "IDAT", "IEND" };

    /// <summary>Returns the uploaded logo made safe, or the problem with it.</summary>
    public static (LogoImage? Logo, string? Problem) Read(byte[] bytes) =>
        bytes.Length > MaxBytes ? (null, TooLarge)
        : bytes.AsSpan().StartsWith(Signature) ? ReadPng(bytes)
        : ReadSvg(bytes);

    private static (LogoImage?, string?) ReadPng(byte[] bytes)
    {
        using var kept = new MemoryStream();
        kept.Write(Signature);
        var at = Signature.Length;
        for (var ended = false; !ended;)
        {
            if (at + ChunkHead + ChunkTail > bytes.Length
                || BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) is var length && length > bytes.Length - at - ChunkHead - ChunkTail)
            {
                return (null, "The PNG file is incomplete.");
            }

            var chunk = bytes.AsSpan(at, ChunkHead + (int)length + ChunkTail);
            var type = Encoding.ASCII.GetString(chunk[4..8]);
            if (Crc32.HashToUInt32(chunk[4..^ChunkTail]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^ChunkTail..]))
            {
                return (null, "The PNG is damaged.");
            }

            if (at == Signature.Length && (type != "IHDR" || length != 13
                || BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]) is 0 or > MaxSide
                || BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]) is 0 or > MaxSide))
            {
                return (null, $"The PNG must be at most {MaxSide} by {MaxSide} pixels.");
            }

            if (Chunks.Contains(type))
            {
                kept.Write(chunk);
            }
            else if (char.IsAsciiLetterUpper(type[0]))
            {
                return (null, "The PNG has an unsupported chunk.");
            }

            at += chunk.Length;
            ended = type == "IEND";
        }

        return (new LogoImage(Png, kept.ToArray()), null);
    }

    private static (LogoImage?, string?) ReadSvg(byte[] bytes)
    {
        var (svg, problem) = SafeSvg.Read(bytes);
        return svg is null ? (null, problem)
            : svg.Length > MaxBytes ? (null, TooLarge)
            : (new LogoImage(Svg, svg), null);
    }
}
