using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace HumanTasks.Tests.Branding;

/// <summary>A small picture, with parts that it should not have.</summary>
internal static class SomePng
{
    public static byte[] With(params (string Type, byte[] Data)[] parts) => With(40, parts);

    public static byte[] With(uint width, params (string Type, byte[] Data)[] parts)
    {
        const int Height = 20;
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        var head = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(head, width);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        Write(png, "IHDR", head);
        foreach (var (type, data) in parts)
        {
            Write(png, type, data);
        }

        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < Height; row++)
            {
                zlib.WriteByte(0);
                for (var column = 0; column < Math.Min(width, 100); column++)
                {
                    zlib.Write([0x0f, 0x76, 0x6e]);
                }
            }
        }

        Write(png, "IDAT", pixels.ToArray());
        Write(png, "IEND", []);
        return png.ToArray();
    }

    private static void Write(MemoryStream png, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, (uint)data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }
}
