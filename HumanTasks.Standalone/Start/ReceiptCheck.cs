using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Receipts;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// <c>verify FILE… --jwks FILE</c>: looks at receipts without a host and without a network. A file is a receipt in compact
/// form, what the success page gives, or the list of a run; one with keys is known by them, also without <c>--jwks</c>.
/// Names a changed byte, a key that is not among the given ones, and a receipt that is missing from the chain of its run.
/// </summary>
internal static class ReceiptCheck
{
    public static async Task<int> RunAsync(string[] args, string standing)
    {
        Dictionary<string, ECDsa> known = new(StringComparer.Ordinal);
        List<(string File, string Text)> files = [];
        foreach (var file in args.Where(arg => arg != "--jwks"))
        {
            var text = await TextAsync(Path.GetFullPath(file, standing));
            if (Keys(text) is not { } keys)
            {
                files.Add((file, text));
                continue;
            }

            foreach (var (id, key) in keys)
            {
                known[id] = key;
            }
        }

        if (files.Count == 0 || known.Count == 0)
        {
            throw new OperatorException("verify needs receipts and keys: verify FILE... --jwks FILE (the keys are at /.well-known/jwks.json of the host).");
        }

        var sound = true;
        List<(string Where, string Jws, JsonObject Payload)> read = [];
        foreach (var (file, text) in files)
        {
            foreach (var (jws, number) in ReceiptsIn(text).Select((jws, index) => (jws, index + 1)))
            {
                var where = $"{file}, receipt {number}";
                var (payload, problem) = Look(jws, known);
                sound &= problem is null;
                await Console.Out.WriteLineAsync($"{where}: {problem ?? Words(payload!)}");
                if (payload is not null)
                {
                    read.Add((where, jws, payload));
                }
            }
        }

        foreach (var gap in Gaps(read))
        {
            sound = false;
            await Console.Out.WriteLineAsync(gap);
        }

        await Console.Out.WriteLineAsync(sound ? "All receipts are genuine and their chains are whole." : "Not everything is in order.");
        return sound ? 0 : 1;
    }

    private static (JsonObject? Payload, string? Problem) Look(string jws, Dictionary<string, ECDsa> keys)
    {
        var parts = jws.Split('.');
        try
        {
            if (parts.Length != 3
                || JsonNode.Parse(Base64Url.DecodeFromChars(parts[0])) is not JsonObject head
                || JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) is not JsonObject payload)
            {
                return (null, "this is not a receipt");
            }

            if ((string?)head["alg"] != "ES256" || (string?)head["kid"] is not { } kid || !keys.TryGetValue(kid, out var key))
            {
                return (payload, $"signed with a foreign key ({head["kid"]}, {head["alg"]})");
            }

            return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256)
                ? (payload, null)
                : (payload, "changed after it was signed");
        }
        catch (Exception broken) when (broken is FormatException or JsonException or CryptographicException or InvalidOperationException)
        {
            return (null, "this is not a receipt, or it is damaged");
        }
    }

    /// <summary>A receipt names the one before it: one that nobody gave us is missing, or something stands in its place.</summary>
    private static IEnumerable<string> Gaps(List<(string Where, string Jws, JsonObject Payload)> read)
    {
        var given = read.Select(receipt => ReceiptSigner.HashOf(receipt.Jws)).ToHashSet(StringComparer.Ordinal);
        return read
            .Where(receipt => (string?)receipt.Payload["prev"] is { } before && !given.Contains(before))
            .Select(receipt => $"{receipt.Where}: the receipt before it in the run {receipt.Payload["runId"]} is missing");
    }

    private static string Words(JsonObject payload) =>
        $"genuine: {payload["kind"]} at {payload["at"]}{Known(payload, "by", " by {0}")}{Known(payload, "verified", " ({0})")}, task {payload["taskId"]}";

    private static string Known(JsonObject payload, string member, string words) =>
        (string?)payload[member] is { } value ? words.Replace("{0}", value, StringComparison.Ordinal) : "";

    private static IEnumerable<string> ReceiptsIn(string text)
    {
        if (!text.StartsWith('{'))
        {
            return text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        var node = Parsed(text);
        return node["items"] is JsonArray items ? items.Select(item => item?["jws"]?.ToString() ?? "") : [node["jws"]?.ToString() ?? ""];
    }

    /// <summary>The keys of a JWKS (RFC 7517); null for a file that is none.</summary>
    private static IEnumerable<(string Id, ECDsa Key)>? Keys(string text)
    {
        if (!text.StartsWith('{') || Parsed(text)["keys"] is not JsonArray keys)
        {
            return null;
        }

        try
        {
            return
            [
                .. keys.Where(key => (string?)key?["kty"] == "EC" && (string?)key["crv"] == "P-256").Select(key => ($"{key!["kid"]}", ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Base64Url.DecodeFromChars($"{key["x"]}"), Y = Base64Url.DecodeFromChars($"{key["y"]}") },
                }))),
            ];
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException or InvalidOperationException)
        {
            throw new OperatorException("The file with the keys is damaged.");
        }
    }

    private static JsonNode Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? throw new OperatorException("The file is empty.");
        }
        catch (JsonException)
        {
            throw new OperatorException("The file is neither a receipt nor JSON.");
        }
    }

    private static async Task<string> TextAsync(string file) => File.Exists(file)
        ? (await File.ReadAllTextAsync(file)).Trim()
        : throw new OperatorException($"There is no file {file}.");
}
