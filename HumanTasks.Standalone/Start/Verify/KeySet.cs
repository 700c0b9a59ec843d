using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>The trusted public keys (RFC 7517): those in the file behind <c>--jwks</c>, and no others.</summary>
internal sealed class KeySet
{
    private const int CoordinateBytes = 32;

    private readonly Dictionary<string, ECDsa> keys = new(StringComparer.Ordinal);

    private KeySet()
    {
    }

    public ECDsa? Find(string id) => keys.GetValueOrDefault(id);

    /// <exception cref="OperatorException">The text contains no key, or two keys with the same ID.</exception>
    public static KeySet Read(string text)
    {
        var (root, problem) = StrictJson.Read(Encoding.UTF8.GetBytes(text));
        if (problem is not null)
        {
            throw new OperatorException($"The file with the keys is damaged: it {problem}.");
        }

        if (root is not { ValueKind: JsonValueKind.Object } set
            || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new OperatorException("The file behind --jwks holds no keys: it is {\"keys\":[…]} as /.well-known/jwks.json answers it.");
        }

        var read = new KeySet();
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var key in list.EnumerateArray())
        {
            var id = key.ValueKind == JsonValueKind.Object ? key.Text("kid") : throw Damaged("a key is not an object");
            if (id is not null && !names.Add(id))
            {
                throw new OperatorException($"The file with the keys has two keys under one kid: {Printable.Of(id)}.");
            }

            if (id is not null && IsForReceipts(key))
            {
                read.keys.Add(id, Key(key, id));
            }
        }

        return read.keys.Count > 0
            ? read
            : throw new OperatorException("The file behind --jwks has no key for receipts in its list: a key of P-256 with a kid.");
    }

    /// <summary>
    /// Returns whether a key is for ES256 signatures. Keys for other purposes may be in the set (RFC 7517, section 5)
    /// and are ignored.
    /// </summary>
    private static bool IsForReceipts(JsonElement key) =>
        key.Text("kty") == "EC" && key.Text("crv") == "P-256"
        && (!key.TryGetProperty("alg", out _) || key.Text("alg") == "ES256")
        && (!key.TryGetProperty("use", out _) || key.Text("use") == "sig");

    private static ECDsa Key(JsonElement key, string id)
    {
        if (Base64UrlText.Decode(key.Text("x")) is not { Length: CoordinateBytes } x
            || Base64UrlText.Decode(key.Text("y")) is not { Length: CoordinateBytes } y)
        {
            throw Damaged($"the key {Printable.Of(id)} is no point of P-256");
        }

        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        }
        catch (CryptographicException)
        {
            throw Damaged($"the key {Printable.Of(id)} is no point of P-256");
        }
    }

    private static OperatorException Damaged(string how) => new($"The file with the keys is damaged: {how}.");
}
