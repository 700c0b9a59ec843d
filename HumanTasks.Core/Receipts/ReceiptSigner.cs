using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// Signs what became of a question: what was shown, what was answered, by whom, how that is known and when. A JWS (RFC 7515,
/// compact, ES256) over canonical JSON, each with the hash of the one before it in its run.
/// </summary>
public sealed class ReceiptSigner(ReceiptKeys keys, Func<Uri> issuer)
{
    private readonly string head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{keys.Id}}","typ":"JWT"}"""));

    /// <summary>The receipt of a response to a task, as the task was when it was answered.</summary>
    public string Sign(HumanTask task, HumanResponse response)
    {
        var verified = response.Verified ?? Verification.Link;
        var payload = new JsonObject
        {
            ["iss"] = issuer().ToString().TrimEnd('/'),
            ["iat"] = response.At.ToUnixTimeSeconds(),
            ["kind"] = response.Rejects ? "rejected" : "answered",
            ["environment"] = task.Environment,
            ["runId"] = task.RunId,
            ["taskId"] = task.Id,
            ["responseId"] = response.Id,
            ["correlationId"] = task.CorrelationId,
            ["ruleSet"] = task.RuleSet,
            ["version"] = task.RuleSetVersion,
            ["shown"] = Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Write(Shown(task)))),
            ["values"] = response.Values.DeepClone(),
            ["by"] = response.By,
            ["verified"] = JsonNamingPolicy.CamelCase.ConvertName(verified.ToString()),
            ["at"] = response.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["prev"] = task.ReceiptHead,
        };
        if (response.Reason is { } reason)
        {
            payload["reason"] = reason;
        }

        var signed = $"{head}.{Base64Url.EncodeToString(CanonicalJson.Write(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(keys.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>What the person saw: the form and the context, as <c>shown</c> is the hash of.</summary>
    public static JsonObject Shown(HumanTask task) => new()
    {
        ["form"] = JsonSerializer.SerializeToNode(task.CurrentRound.Form, ValueJson.Default.JsonElement),
        ["context"] = task.Context.DeepClone(),
    };

    /// <summary>How a receipt is named by the one after it.</summary>
    public static string HashOf(string receipt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(receipt)));
}
