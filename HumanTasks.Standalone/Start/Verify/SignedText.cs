using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// A strict check of a JWS in compact form (RFC 7515): one algorithm, whatever the header asks for; only trusted keys,
/// whatever the header contains; and only the canonical encoding of each part. The payload is parsed only after its
/// signature is verified.
/// </summary>
internal static class SignedText
{
    private const string Algorithm = "ES256";

    /// <summary>Returns the payload, or the problem.</summary>
    public static (JsonElement? Payload, string? Problem) Open(string jws, KeySet keys)
    {
        var parts = jws.Split('.');
        if (parts.Length != 3
            || Base64UrlText.Decode(parts[0]) is not { } header
            || Base64UrlText.Decode(parts[1]) is not { } payload
            || Base64UrlText.Decode(parts[2]) is not { } signature)
        {
            return (null, "this is not a receipt, or it is damaged");
        }

        var (head, broken) = StrictJson.Read(header);
        if (broken is not null)
        {
            return (null, $"its header {broken}");
        }

        if (head is not { ValueKind: JsonValueKind.Object } said)
        {
            return (null, "this is not a receipt: its header is not an object");
        }

        if (said.Text("alg") is not Algorithm)
        {
            return (null, $"signed by another algorithm than {Algorithm} ({Printable.Of(said.Text("alg") ?? "")})");
        }

        if (said.TryGetProperty("crit", out _) || said.TryGetProperty("b64", out _))
        {
            return (null, "its header asks for something that is not understood here (crit)");
        }

        if (said.Text("kid") is not { } id || keys.Find(id) is not { } key)
        {
            return (null, $"signed with a foreign key ({Printable.Of(said.Text("kid") ?? "")})");
        }

        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256))
        {
            return (null, "changed after it was signed");
        }

        var (read, unclear) = StrictJson.Read(payload);
        return unclear is not null ? (null, $"its payload {unclear}")
            : read is { ValueKind: JsonValueKind.Object } ? (read, null)
            : (null, "this is not a receipt: its payload is not an object");
    }
}
