using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core.Links;

/// <summary>
/// Signs and verifies link tokens: base64url of version, key ID, run ID, generation, the seat in version 2, the action,
/// and the first 16 bytes of their HMAC-SHA256 (RFC 2104 allows half of the hash). Tokens are not stored.
/// </summary>
public sealed class LinkTokens(LinkKeyRing keys)
{
    private const byte Version = 1;
    private const byte WithSeat = 2;
    private const int HeadLength = 1 + 4 + Ids.ByteLength + 4;
    private const int MacLength = 16;
    private const int MaxActionLength = 64;
    private const int MaxTokenLength = 160;

    public string Sign(LinkClaim claim)
    {
        var actionLength = Encoding.UTF8.GetByteCount(claim.Action);
        var seat = claim.Seat > 0 ? 1 : 0;
        Span<byte> bytes = stackalloc byte[HeadLength + seat + actionLength + MacLength];
        bytes[0] = seat > 0 ? WithSeat : Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], keys.CurrentId);
        if (!Ids.TryDecode(claim.RunId, bytes[5..]))
        {
            throw new ArgumentException($"'{claim.RunId}' is not a run id.", nameof(claim));
        }

        BinaryPrimitives.WriteInt32BigEndian(bytes[(5 + Ids.ByteLength)..], claim.Generation);
        if (seat > 0)
        {
            bytes[HeadLength] = checked((byte)claim.Seat);
        }

        Encoding.UTF8.GetBytes(claim.Action, bytes[(HeadLength + seat)..]);
        Mac(keys.Find(keys.CurrentId)!, bytes[..^MacLength], bytes[^MacLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns the content of a token, or null if its signature is invalid.</summary>
    public LinkClaim? Verify(string token)
    {
        if (token.Length is 0 or > MaxTokenLength)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[MaxTokenLength];
        if (Base64Url.DecodeFromChars(token, buffer, out var consumed, out var written) != System.Buffers.OperationStatus.Done
            || consumed != token.Length)
        {
            return null;
        }

        var bytes = buffer[..written];
        var seat = bytes.Length > 0 && bytes[0] == WithSeat ? 1 : 0;
        if (bytes.Length <= HeadLength + seat + MacLength || bytes.Length > HeadLength + seat + MaxActionLength + MacLength
            || bytes[0] is not (Version or WithSeat)
            || (seat > 0 && bytes[HeadLength] == 0)
            || keys.Find(BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])) is not { } key)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacLength];
        Mac(key, bytes[..^MacLength], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[^MacLength..])
            || Base64Url.EncodeToString(bytes) != token) // accept only the canonical spelling of a token
        {
            return null;
        }

        return new LinkClaim(
            Ids.Encode(bytes.Slice(5, Ids.ByteLength)),
            Encoding.UTF8.GetString(bytes[(HeadLength + seat)..^MacLength]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[(5 + Ids.ByteLength)..]),
            seat > 0 ? bytes[HeadLength] : 0);
    }

    /// <summary>Returns a keyed signature of a text that a page sends and must get back unchanged.</summary>
    public string Mark(string purpose, string text) =>
        Mark(keys.CurrentId, keys.Find(keys.CurrentId)!, purpose, text);

    public bool IsMark(string purpose, string text, string mark) =>
        mark.Length is >= 8 and <= MaxTokenLength
        && uint.TryParse(mark.AsSpan(..8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
        && keys.Find(keyId) is { } key
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Mark(keyId, key, purpose, text)), Encoding.UTF8.GetBytes(mark));

    private static string Mark(uint keyId, byte[] key, string purpose, string text)
    {
        Span<byte> mac = stackalloc byte[MacLength];
        Mac(key, Encoding.UTF8.GetBytes($"{purpose}\n{text}"), mac);
        return $"{keyId:x8}{Base64Url.EncodeToString(mac)}";
    }

    private static void Mac(byte[] key, ReadOnlySpan<byte> over, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, over, whole);
        whole[..MacLength].CopyTo(mac);
    }
}
