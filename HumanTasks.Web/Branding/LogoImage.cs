using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HumanTasks.Web.Branding;

/// <summary>
/// A logo, made safe: of a PNG only the parts that are the picture; of an SVG only shapes, colours and texts, nothing that runs,
/// loads or links to anything.
/// </summary>
/// <param name="ContentType">image/png or image/svg+xml.</param>
/// <param name="Bytes">At most <see cref="MaxBytes"/>.</param>
public sealed record LogoImage(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The largest logo, in bytes: everybody who opens a link loads it.</summary>
    public const int MaxBytes = 64 * 1024;

    public const string Png = "image/png";
    public const string Svg = "image/svg+xml";

    private const int MaxSide = 2000;
    private const int ChunkHead = 8;
    private const int ChunkTail = 4;
    private const int MaxElements = 2000;
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XlinkNamespace = "http://www.w3.org/1999/xlink";

    private static readonly byte[] Signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private static readonly HashSet<string> Chunks = new(StringComparer.Ordinal) { "IHDR", "PLTE", "tRNS", "sRGB", "gAMA", "IDAT", "IEND" };

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient", "radialGradient",
        "stop", "clipPath", "mask", "symbol", "use", "title", "desc", "text", "tspan",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "id", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points",
        "transform", "gradientTransform", "gradientUnits", "spreadMethod", "offset", "stop-color", "stop-opacity", "fill", "fill-opacity",
        "fill-rule", "clip-rule", "clip-path", "mask", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-dasharray", "stroke-opacity", "opacity", "color", "display", "visibility", "preserveAspectRatio", "clipPathUnits",
        "maskUnits", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "letter-spacing", "dx", "dy", "role",
        "aria-label", "aria-hidden", "version",
    };

    /// <summary>The logo in bytes that somebody uploaded, made safe; otherwise what is wrong with them.</summary>
    public static (LogoImage? Logo, string? Problem) Read(byte[] bytes) =>
        bytes.Length > MaxBytes ? (null, $"A logo has at most {MaxBytes / 1024} kB.")
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
                return (null, "The PNG ends too early.");
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
                return (null, $"The PNG is no picture of at most {MaxSide} by {MaxSide} points.");
            }

            if (Chunks.Contains(type))
            {
                kept.Write(chunk);
            }
            else if (char.IsAsciiLetterUpper(type[0]))
            {
                return (null, "The PNG has a part that is not known.");
            }

            at += chunk.Length;
            ended = type == "IEND";
        }

        return (new LogoImage(Png, kept.ToArray()), null);
    }

    private static (LogoImage?, string?) ReadSvg(byte[] bytes)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = MaxBytes,
            });
            document = XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return (null, "This is neither a PNG nor an SVG.");
        }

        if (document.Root is not { } root || root.Name != XName.Get("svg", SvgNamespace))
        {
            return (null, "This is neither a PNG nor an SVG.");
        }

        if (root.DescendantsAndSelf().Count() > MaxElements)
        {
            return (null, "The SVG has too many parts.");
        }

        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            if (element.Name.NamespaceName != SvgNamespace || !Elements.Contains(element.Name.LocalName))
            {
                element.Remove();
                continue;
            }

            foreach (var attribute in element.Attributes().ToArray())
            {
                if (!IsSafe(attribute))
                {
                    attribute.Remove();
                }
            }
        }

        return (new LogoImage(Svg, Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting))), null);
    }

    private static bool IsSafe(XAttribute attribute)
    {
        if (attribute.IsNamespaceDeclaration)
        {
            return attribute.Value is SvgNamespace or XlinkNamespace;
        }

        var isLink = attribute.Name.LocalName == "href" && attribute.Name.NamespaceName is "" or XlinkNamespace;
        return isLink
            ? attribute.Value.StartsWith('#')
            : attribute.Name.NamespaceName.Length == 0 && Attributes.Contains(attribute.Name.LocalName) && !LeadsOut(attribute.Value);
    }

    /// <summary>A reference to a part of the same picture is <c>url(#part)</c>; everything else of the kind leads outside.</summary>
    private static bool LeadsOut(string value)
    {
        var plain = value.Replace(" ", "", StringComparison.Ordinal);
        return plain.Contains('\\', StringComparison.Ordinal)
            || plain.Contains("script:", StringComparison.OrdinalIgnoreCase)
            || (plain.Contains("url(", StringComparison.OrdinalIgnoreCase) && !plain.StartsWith("url(#", StringComparison.OrdinalIgnoreCase));
    }
}
