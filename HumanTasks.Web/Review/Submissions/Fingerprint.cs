using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// The SHA-256 of a submission, independent of its format: members in ordinal order, numbers by value, files by name,
/// size and content rather than by the ID of this upload.
/// </summary>
internal static class Fingerprint
{
    private const decimal WithoutTrailingZeros = 1.0000000000000000000000000000m;

    public static string Of(Sent sent)
    {
        var all = new JsonObject
        {
            // a page sent before an update must have the same fingerprint after it
            ["values"] = new JsonObject(sent.Values
                .Where(value => value.Value is not null || !sent.FromPage)
                .Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone()))),
            ["reject"] = sent.Rejects,
            ["reason"] = sent.Rejects ? sent.Reason : null,
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(all)!.ToJsonString())));
    }

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => member.Key != "fileId" || !members.ContainsKey("sha256"))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        _ when JsonValues.TryNumber(node, out var number) => JsonValue.Create(number / WithoutTrailingZeros),
        null => null,
        _ => node.DeepClone(),
    };
}
