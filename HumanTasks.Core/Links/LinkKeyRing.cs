using System.Security.Cryptography;

namespace HumanTasks.Core.Links;

/// <summary>
/// The keys under which links are signed. The first signs, all verify: to rotate, put a new key in front and remove an
/// old one once no link under it is alive.
/// </summary>
public sealed class LinkKeyRing
{
    /// <summary>The shortest key, in bytes (RFC 2104 advises the length of the hash).</summary>
    public const int MinKeyLength = 32;

    private readonly Dictionary<uint, byte[]> byId = [];

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

        CurrentId = IdOf(keys[0]);
    }

    internal uint CurrentId { get; }

    internal byte[]? Find(uint id) => byId.GetValueOrDefault(id);

    private static uint IdOf(byte[] key) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. "link key id"u8, .. key]));
}
