using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// The link between a stored receipt and the other receipts of its run. A receipt with <c>v</c> 2 names the payload of
/// the previous receipt, an older one the whole signed form.
/// </summary>
/// <param name="Payload">The base64url SHA-256 of its canonical payload.</param>
/// <param name="Signed">The base64url SHA-256 of its compact form.</param>
/// <param name="Previous">The name of the previous receipt; null for the first.</param>
public sealed record ChainLink(string Payload, string Signed, string? Previous)
{
    public bool IsNamed(string name) => Payload == name || Signed == name;

    /// <summary>Returns the link of a receipt from this product, whose payload was canonical when signed.</summary>
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
    /// Returns the responses that have a receipt, in the order of the chain. Stores sort them by time and ID, which is
    /// a different order if several were accepted within one millisecond.
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
            next = Math.Max(next, 0); // without the previous receipt, keep the order of the store
            ordered.Add(rest[next]);
            rest.RemoveAt(next);
        }

        return ordered;
    }
}
