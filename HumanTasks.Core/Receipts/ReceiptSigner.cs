using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// Signs what became of a question: what was shown, what was answered, by whom, how that is known and when. A JWS (RFC 7515,
/// compact, ES256) over canonical JSON, each with the hash of the one before it in its run.
/// </summary>
public sealed class ReceiptSigner(ReceiptKeys keys, Func<Uri> issuer)
{
    private const int MaxKnown = 1000;

    /// <summary>Forms in their one form, by what they are: the same one is asked again and again.</summary>
    private readonly ConcurrentDictionary<string, byte[]> forms = new(StringComparer.Ordinal);

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
            ["shown"] = ShownHash(task),
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

    /// <summary>The hash of what the person saw: canonical JSON of <c>{ context, form }</c>.</summary>
    private string ShownHash(HumanTask task)
    {
        var raw = task.CurrentRound.Form.GetRawText();
        if (!forms.TryGetValue(raw, out var form))
        {
            if (forms.Count >= MaxKnown)
            {
                forms.Clear();
            }

            form = forms[raw] = CanonicalJson.Write(task.CurrentRound.Form);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("{\"context\":"u8);
        hash.AppendData(task.Context.Count == 0 ? "{}"u8 : CanonicalJson.Write(task.Context));
        hash.AppendData(",\"form\":"u8);
        hash.AppendData(form);
        hash.AppendData("}"u8);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>How a receipt is named by the one after it.</summary>
    public static string HashOf(string receipt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(receipt)));
}
