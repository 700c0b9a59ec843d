using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core;

/// <summary>
/// The IDs of the product: 26 characters of lower-case Crockford base 32, from 48 bits of time in milliseconds and 80
/// random bits, so they sort by creation time (the layout of a ULID).
/// </summary>
public static class Ids
{
    /// <summary>The length of an ID in characters.</summary>
    public const int Length = 26;

    /// <summary>The length of an ID in bytes.</summary>
    public const int ByteLength = 16;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        RandomNumberGenerator.Fill(bytes[6..]);
        PutTime(bytes, at.ToUnixTimeMilliseconds());
        return Encode(bytes);
    }

    /// <summary>
    /// Returns an ID derived from another ID and a purpose: always the same, with the time of the original ID.
    /// </summary>
    public static string Derive(string id, string purpose)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (!TryDecode(id, bytes))
        {
            throw new ArgumentException($"'{id}' is not an id.", nameof(id));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{purpose}"), hash);
        hash[..10].CopyTo(bytes[6..]);
        return Encode(bytes);
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(Length, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(uint)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    /// <summary>Decodes an ID. Returns false if the text is not an ID as <see cref="Encode"/> writes it.</summary>
    public static bool TryDecode(ReadOnlySpan<char> id, Span<byte> bytes)
    {
        if (id.Length != Length || id[0] > '7')
        {
            return false;
        }

        UInt128 value = 0;
        foreach (var character in id)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return true;
    }

    public static bool IsId(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        return TryDecode(text, bytes);
    }

    /// <summary>
    /// Returns the creation time of an ID, or of the ID it was derived from, in milliseconds; null if the text is not
    /// an ID.
    /// </summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<char> id)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (!TryDecode(id, bytes))
        {
            return null;
        }

        var milliseconds = ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    private static void PutTime(Span<byte> bytes, long milliseconds)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
    }
}
