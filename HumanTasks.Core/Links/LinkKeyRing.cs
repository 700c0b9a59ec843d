using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core.Links;

/// <summary>
/// The keys that sign links. The first key signs and all keys verify. To rotate, add a new key at the front, and remove
/// an old key once no link signed by it is valid.
/// </summary>
public sealed class LinkKeyRing
{
    /// <summary>The minimum length of a key, in bytes (RFC 2104 recommends the length of the hash).</summary>
    public const int MinKeyLength = 32;

    private const int IdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = IdLength + NonceLength + TagLength;

    private readonly Dictionary<uint, byte[]> byId = [];
    private readonly IReadOnlyList<byte[]> ordered;

    public LinkKeyRing(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0)
        {
            throw new ArgumentException("At least one link key is needed.", nameof(keys));
        }

        foreach (var key in keys)
        {
            if (key.Length < MinKeyLength)
            {
                throw new ArgumentException("A link key has at least 32 bytes.", nameof(keys));
            }

            byId.TryAdd(IdOf(key), key);
        }

        ordered = [.. keys.DistinctBy(IdOf)];
        CurrentId = IdOf(keys[0]);
    }

    /// <summary>
    /// Encrypts data for storage apart from the link keys: AES-256-GCM (NIST SP 800-38D) with a key derived for the
    /// purpose by HKDF-SHA256 (RFC 5869). Returns the ID of the link key, the nonce, the tag and the ciphertext.
    /// </summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain)
    {
        var box = new byte[HeadLength + plain.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, CurrentId);
        RandomNumberGenerator.Fill(box.AsSpan(IdLength, NonceLength));
        using var aes = Cipher(byId[CurrentId], purpose);
        aes.Encrypt(
            box.AsSpan(IdLength, NonceLength),
            plain,
            box.AsSpan(HeadLength),
            box.AsSpan(IdLength + NonceLength, TagLength),
            box.AsSpan(0, IdLength));
        return box;
    }

    /// <summary>Decrypts data that <see cref="Seal"/> encrypted for the same purpose.</summary>
    /// <exception cref="CryptographicException">
    /// The data was encrypted under a removed key or for another purpose, or was changed.
    /// </exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> box)
    {
        if (box.Length < HeadLength || Find(BinaryPrimitives.ReadUInt32BigEndian(box)) is not { } key)
        {
            throw new CryptographicException("It was not sealed under one of the link keys of this host.");
        }

        var plain = new byte[box.Length - HeadLength];
        using var aes = Cipher(key, purpose);
        aes.Decrypt(
            box.Slice(IdLength, NonceLength),
            box[HeadLength..],
            box.Slice(IdLength + NonceLength, TagLength),
            plain,
            box[..IdLength]);
        return plain;
    }

    /// <summary>Derives secrets for another purpose, one per key, in the order of the keys.</summary>
    internal IEnumerable<byte[]> Derive(string purpose, int length) => ordered.Select(key =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, length, info: Encoding.UTF8.GetBytes(purpose)));

    internal uint CurrentId { get; }

    internal byte[]? Find(uint id) => byId.GetValueOrDefault(id);

    private static AesGcm Cipher(byte[] key, string purpose) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, outputLength: 32, info: Encoding.UTF8.GetBytes(purpose)), TagLength);

    private static uint IdOf(byte[] key) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. "link key id"u8, .. key]));
}
