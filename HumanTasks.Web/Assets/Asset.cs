using System.IO.Compression;
using System.Security.Cryptography;

namespace HumanTasks.Web.Assets;

/// <summary>A stylesheet, module or image, embedded and compressed once.</summary>
internal sealed class Asset
{
    private Asset(string name, string contentType, byte[] bytes)
    {
        var extension = Path.GetExtension(name);
        var stem = Path.GetFileNameWithoutExtension(name);
        Name = name;
        ContentType = contentType;
        Bytes = bytes;
        Brotli = Compress(bytes, output => new BrotliStream(output, CompressionLevel.SmallestSize));
        Gzip = Compress(bytes, output => new GZipStream(output, CompressionLevel.SmallestSize));
        FileName = $"{stem}.{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}{extension}";
    }

    /// <summary>The name without its hash: <c>site.css</c>.</summary>
    public string Name { get; }

    /// <summary>The name with its hash, used in links, so that its content never changes.</summary>
    public string FileName { get; }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    public byte[] Brotli { get; }

    public byte[] Gzip { get; }

    /// <summary>Creates an asset from its content, such as a stylesheet with other colours.</summary>
    public static Asset Of(string name, byte[] bytes) => new(name, TypeOf(Path.GetExtension(name)), bytes);

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"No media type is known for '{extension}'."),
    };

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> with)
    {
        using var output = new MemoryStream();
        using (var compressor = with(output))
        {
            compressor.Write(bytes);
        }

        return output.ToArray();
    }
}
