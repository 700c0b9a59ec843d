using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// What ties a stored receipt to others of its run: a receipt with <c>v</c> 2 names the payload of the one before it, an
/// older one the whole signed form.
/// </summary>
/// <param name="Payload">base64url SHA-256 of its canonical payload.</param>
/// <param name="Signed">base64url SHA-256 of its compact form.</param>
/// <param name="Previous">The name of the one before it; null for the first.</param>
public sealed record ChainLink(string Payload, string Signed, string? Previous)
{
    public bool IsNamed(string name) => Payload == name || Signed == name;

    /// <summary>The link of a receipt of our own, whose payload is canonical as it was signed.</summary>
    public static ChainLink Of(string jws)
    {
        var payload = Base64Url.DecodeFromChars(jws.Split('.')[1]);
        using var document = JsonDocument.Parse(payload);
        return new ChainLink(
            Base64Url.EncodeToString(SHA256.HashData(payload)),
            ReceiptSigner.HashOf(jws),
            document.RootElement.GetProperty("prev").GetString());
    }

    /// <summary>
    /// The responses that have a receipt, each behind the one that it names. A store keeps them by time and id, which is not
    /// the order of the chain when several were accepted within a millisecond.
    /// </summary>
    public static IReadOnlyList<(HumanResponse Response, ChainLink Link)> InOrder(IEnumerable<HumanResponse> responses)
    {
        var rest = responses
            .Where(response => response.Receipt is not null)
            .Select(response => (Response: response, Link: Of(response.Receipt!)))
            .ToList();
        List<(HumanResponse Response, ChainLink Link)> ordered = [];
        while (rest.Count > 0)
        {
            var before = ordered.Count > 0 ? ordered[^1].Link : null;
            var next = rest.FindIndex(one => before is null ? one.Link.Previous is null : one.Link.Previous is { } name && before.IsNamed(name));
            next = Math.Max(next, 0); // one that is missing leaves the order of the store
            ordered.Add(rest[next]);
            rest.RemoveAt(next);
        }

        return ordered;
    }
}
