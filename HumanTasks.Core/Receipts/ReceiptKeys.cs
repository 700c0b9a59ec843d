using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HumanTasks.Core.Links;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// The keys of receipts: one ES256 key (RFC 7518) per link key, derived by HKDF-SHA256 (RFC 5869), so receipts need no
/// key configuration or rotation of their own. The first key signs; the public parts of all keys are published.
/// </summary>
public sealed class ReceiptKeys : IDisposable
{
    private const string Purpose = "humantasks receipts";
    private const int ScalarLength = 32;
    private const int Spare = 16; // extra bytes keep the bias of the modulo reduction negligible (FIPS 186-5, A.2.1)

    private static readonly BigInteger Order = BigInteger.Parse(
        "00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly ECParameters key;

    /// <summary>An instance signs for one thread at a time and returns to the bag afterwards.</summary>
    private readonly ConcurrentBag<ECDsa> signers = [];

    public ReceiptKeys(LinkKeyRing links)
    {
        ECParameters[] keys = [.. links.Derive(Purpose, ScalarLength + Spare).Select(Of)];
        key = keys[0];
        Public = [.. keys.Select(Published)];
        Id = (string)Public[0]["kid"]!;
    }

    /// <summary>The ID of the signing key: its thumbprint (RFC 7638).</summary>
    public string Id { get; }

    /// <summary>The public keys (RFC 7517), starting with the signing key.</summary>
    public IReadOnlyList<JsonObject> Public { get; }

    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (!signers.TryTake(out var signer))
        {
            signer = ECDsa.Create(key);
        }

        var signature = signer.SignData(data, HashAlgorithmName.SHA256);
        signers.Add(signer);
        return signature;
    }

    public void Dispose()
    {
        while (signers.TryTake(out var signer))
        {
            signer.Dispose();
        }
    }

    private static ECParameters Of(byte[] bytes)
    {
        var scalar = (new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var secret = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[ScalarLength];
        secret.CopyTo(padded, ScalarLength - secret.Length);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = padded });
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static JsonObject Published(ECParameters key)
    {
        var (x, y) = (Base64Url.EncodeToString(key.Q.X), Base64Url.EncodeToString(key.Q.Y));
        var thumbprint = SHA256.HashData(CanonicalJson.Write(new JsonObject { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = x, ["y"] = y }));
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["alg"] = "ES256",
            ["use"] = "sig",
            ["kid"] = Base64Url.EncodeToString(thumbprint),
            ["x"] = x,
            ["y"] = y,
        };
    }
}
