namespace HumanTasks.Core.Forms;

/// <summary>
/// Detects the type of a file from its first bytes and checks it against the name. The signatures are from the
/// specifications of the formats (PDF ISO 32000, PNG ISO 15948, JPEG ITU T.81, GIF89a, WebP, ZIP APPNOTE, OLE
/// [MS-CFB]).
/// </summary>
public static class FileContent
{
    /// <summary>The number of leading bytes that <see cref="Detect"/> needs.</summary>
    public const int HeadLength = 1024;

    private static readonly Kind[] Kinds =
    [
        new("application/pdf", [".pdf"], "%PDF-"u8.ToArray()),
        new("image/png", [".png"], [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        new("image/jpeg", [".jpg", ".jpeg", ".jfif"], [0xFF, 0xD8, 0xFF]),
        new("image/gif", [".gif"], "GIF87a"u8.ToArray()),
        new("image/gif", [".gif"], "GIF89a"u8.ToArray()),
        new("image/webp", [".webp"], "WEBP"u8.ToArray(), 8),
        new("image/heic", [".heic", ".heif"], "ftyphei"u8.ToArray(), 4),
        new("image/heic", [".heic", ".heif"], "ftypmif1"u8.ToArray(), 4),
        new("image/bmp", [".bmp"], "BM"u8.ToArray()),
        new("image/tiff", [".tif", ".tiff"], [0x49, 0x49, 0x2A, 0x00]),
        new("image/tiff", [".tif", ".tiff"], [0x4D, 0x4D, 0x00, 0x2A]),
        new("video/mp4", [".mp4", ".m4v", ".mov"], "ftyp"u8.ToArray(), 4),
        new("application/zip", [".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"], [0x50, 0x4B, 0x03, 0x04]),
        new("application/zip", [".zip"], [0x50, 0x4B, 0x05, 0x06]),
        new("application/x-ole-storage", [".doc", ".xls", ".ppt", ".msg"], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        new("application/gzip", [".gz", ".tgz"], [0x1F, 0x8B]),
        new("application/x-7z-compressed", [".7z"], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        new("application/x-msdownload", [".exe", ".dll"], "MZ"u8.ToArray()),
        new("application/x-elf", [], [0x7F, (byte)'E', (byte)'L', (byte)'F']),
    ];

    private static readonly string[] Programs = ["application/x-msdownload", "application/x-elf"];

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".csv"] = "text/csv",
        [".json"] = "application/json",
        [".xml"] = "application/xml",
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".svg"] = "image/svg+xml",
        [".eml"] = "message/rfc822",
    };

    private static readonly Dictionary<string, string> Documents = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
    };

    /// <summary>
    /// Returns the media type, or null if content and name contradict each other: a known signature with another type's
    /// extension, or an extension whose signature is missing. A name without an extension fits any content except a
    /// program.
    /// </summary>
    /// <param name="head">The first bytes of the file, up to <see cref="HeadLength"/>.</param>
    /// <param name="name">The name of the file.</param>
    public static string? Detect(ReadOnlySpan<byte> head, string name)
    {
        var extension = ExtensionOf(name);
        foreach (var kind in Kinds)
        {
            if (kind.Matches(head) && !IsWordOfText(kind, head, extension))
            {
                return kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) || (extension.Length == 0 && !Programs.Contains(kind.ContentType))
                    ? Documents.GetValueOrDefault(extension, kind.ContentType)
                    : null;
            }
        }

        if (Kinds.Any(kind => kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (Texts.TryGetValue(extension, out var contentType))
        {
            return head.Contains((byte)0) ? null : contentType;
        }

        return "application/octet-stream";
    }

    /// <summary>
    /// Returns the extension of a name; empty for names without one, such as <c>noextension</c> and <c>.htaccess</c>.
    /// </summary>
    public static string ExtensionOf(string name) =>
        Path.GetExtension(name.TrimStart('.')) is { Length: > 1 } extension && char.IsLetterOrDigit(extension[1]) ? extension : "";

    /// <summary>Returns whether a media type belongs to an extension, regardless of the file's name.</summary>
    public static bool Is(string contentType, string extension) =>
        !Documents.ContainsKey(extension) // a ZIP file is not always a document
        && Kinds.Any(kind => kind.ContentType == contentType && kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns whether the first bytes match the signature of a media type.</summary>
    public static bool Is(ReadOnlySpan<byte> head, string contentType)
    {
        foreach (var kind in Kinds)
        {
            if (kind.ContentType == contentType && kind.Matches(head))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns a small file for an extension such as .pdf or a media type such as image/*, with its signature.
    /// </summary>
    internal static (string Name, string ContentType, byte[] Content) Example(string accepted)
    {
        var extension = accepted[0] == '.' ? accepted : ExtensionFor(accepted);
        var kind = Kinds.FirstOrDefault(kind => kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        byte[] content = kind is null ? "Example"u8.ToArray() : [.. new byte[kind.Offset], .. kind.Signature];
        var name = $"example{extension}";
        return (name, Detect(content, name) ?? "application/octet-stream", content);
    }

    private static string ExtensionFor(string mediaType)
    {
        bool Fits(string type) => mediaType.EndsWith("/*", StringComparison.Ordinal)
            ? type.StartsWith(mediaType[..^1], StringComparison.Ordinal)
            : type == mediaType;
        return Documents.FirstOrDefault(document => document.Value == mediaType).Key
            ?? Kinds.FirstOrDefault(kind => Fits(kind.ContentType))?.Extensions.FirstOrDefault()
            ?? Texts.FirstOrDefault(text => Fits(text.Value)).Key
            ?? ".bin";
    }

    // Two letters prove nothing: "BMW" may start a text. Binary formats with such signatures contain zero bytes.
    private static bool IsWordOfText(Kind kind, ReadOnlySpan<byte> head, string extension) =>
        kind.Signature.Length == 2 && char.IsAsciiLetter((char)kind.Signature[0])
        && !kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)
        && !head.Contains((byte)0);

    private sealed record Kind(string ContentType, string[] Extensions, byte[] Signature, int Offset = 0)
    {
        public bool Matches(ReadOnlySpan<byte> head) =>
            head.Length >= Offset + Signature.Length && head[Offset..].StartsWith(Signature);
    }
}
