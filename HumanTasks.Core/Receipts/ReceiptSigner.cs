using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// Signs what became of a question: what was shown, what was answered, by whom, how that is known and when. A JWS (RFC 7515,
/// compact, ES256) over canonical JSON, each with the hash of the one before it in its run.
/// </summary>
public sealed class ReceiptSigner(ReceiptKeys keys, Func<Uri> issuer)
{
    private readonly byte[] head = Encoding.ASCII.GetBytes(
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{keys.Id}}","typ":"JWT"}""")) + ".");

    /// <summary>The receipt of a response to a task, as the task was when it was answered.</summary>
    public string Sign(HumanTask task, HumanResponse response)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        Payload(task, response, payload);

        // head.payload, then its signature: all of it ASCII
        var signed = new byte[head.Length + Base64Url.GetEncodedLength(payload.WrittenCount)];
        head.CopyTo(signed, 0);
        Base64Url.EncodeToUtf8(payload.WrittenSpan, signed.AsSpan(head.Length));
        return string.Concat(Encoding.ASCII.GetString(signed), ".", Base64Url.EncodeToString(keys.Sign(signed)));
    }

    // the members in the order of canonical JSON
    private void Payload(HumanTask task, HumanResponse response, ArrayBufferWriter<byte> to)
    {
        Member(to, "{\"at\":", response.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Member(to, ",\"by\":", response.By);
        Member(to, ",\"correlationId\":", task.CorrelationId);
        Member(to, ",\"environment\":", task.Environment);
        CanonicalJson.Put(to, string.Create(CultureInfo.InvariantCulture, $",\"iat\":{response.At.ToUnixTimeSeconds()}"));
        Member(to, ",\"iss\":", issuer().ToString().TrimEnd('/'));
        Member(to, ",\"kind\":", KindOf(response));
        if (response.Defaulted)
        {
            Member(to, ",\"outcome\":", response.Rejects ? "rejected" : "completed");
        }

        Member(to, ",\"prev\":", task.ReceiptHead);
        if (response.Reason is { } reason)
        {
            Member(to, ",\"reason\":", reason);
        }

        Member(to, ",\"responseId\":", response.Id);
        Member(to, ",\"ruleSet\":", task.RuleSet);
        Member(to, ",\"runId\":", task.RunId);
        Member(to, ",\"shown\":", ShownHash(task));
        Member(to, ",\"taskId\":", task.Id);
        CanonicalJson.Put(to, ",\"values\":");
        CanonicalJson.Write(response.Values, to);
        Member(to, ",\"verified\":", response.Defaulted ? null : (response.Verified ?? Verification.Link).Word());
        CanonicalJson.Put(to, string.Create(CultureInfo.InvariantCulture, $",\"version\":{task.RuleSetVersion}}}"));
    }

    /// <summary>What became of the question, in the word of the contract.</summary>
    public static string KindOf(HumanResponse response) =>
        response.Defaulted ? "defaulted" : response.Rejects ? "rejected" : "answered";

    private static void Member(ArrayBufferWriter<byte> to, string name, string? value)
    {
        CanonicalJson.Put(to, name);
        CanonicalJson.Text(value, to);
    }

    /// <summary>The hash of what the person saw: canonical JSON of <c>{ context, form }</c>.</summary>
    private static string ShownHash(HumanTask task)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("{\"context\":"u8);
        hash.AppendData(task.Context.Count == 0 ? "{}"u8 : CanonicalJson.Write(task.Context));
        hash.AppendData(",\"form\":"u8);
        hash.AppendData(task.Form().Canonical);
        hash.AppendData("}"u8);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>How a receipt is named by the one after it.</summary>
    public static string HashOf(string receipt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(receipt)));
}
