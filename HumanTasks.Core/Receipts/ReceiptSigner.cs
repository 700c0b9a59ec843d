using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Receipts;

/// <summary>
/// Signs the outcome of a task: what was shown, the response, its author, how the author was verified, and the time. A
/// receipt is a JWS (RFC 7515, compact, ES256) over canonical JSON. Each contains the hash of the previous one in its
/// run.
/// </summary>
public sealed class ReceiptSigner(ReceiptKeys keys, Func<Uri> issuer)
{
    private readonly byte[] head = Encoding.ASCII.GetBytes(
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{keys.Id}}","typ":"JWT"}""")) + ".");

    /// <summary>
    /// The version of new receipts. Receipts without <c>v</c> are version 1; higher versions are unknown here.
    /// </summary>
    public const int Version = 2;

    /// <summary>The kind of the signed end of a chain. No receipt has this kind.</summary>
    public const string HeadKind = "head";

    /// <summary>Signs the receipt of a response to a task, in the task's state when the response was given.</summary>
    /// <param name="task">The task.</param>
    /// <param name="response">The response.</param>
    /// <param name="before">The end of the run's chain so far; null before the first receipt.</param>
    public SignedReceipt Sign(HumanTask task, HumanResponse response, ChainEnd? before)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        Payload(task, response, before, payload);
        var end = new ChainEnd(Base64Url.EncodeToString(SHA256.HashData(payload.WrittenSpan)), (before?.Count ?? 0) + 1);
        return new SignedReceipt(Sign(payload.WrittenSpan), end);
    }

    /// <summary>
    /// Signs the number of receipts of a run at a time and the last of them, which reveals a withheld receipt.
    /// </summary>
    public string SignHead(string runId, ChainEnd? end, DateTimeOffset at)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        Member(payload, "{\"at\":", Moment(at));
        CanonicalJson.Put(payload, string.Create(CultureInfo.InvariantCulture, $",\"count\":{end?.Count ?? 0}"));
        Member(payload, ",\"hash\":", end?.Hash);
        Member(payload, ",\"kind\":", HeadKind);
        Member(payload, ",\"runId\":", runId);
        CanonicalJson.Put(payload, "}");
        return Sign(payload.WrittenSpan);
    }

    private string Sign(ReadOnlySpan<byte> payload)
    {
        // header.payload, then its signature, all ASCII
        var signed = new byte[head.Length + Base64Url.GetEncodedLength(payload.Length)];
        head.CopyTo(signed, 0);
        Base64Url.EncodeToUtf8(payload, signed.AsSpan(head.Length));
        return string.Concat(Encoding.ASCII.GetString(signed), ".", Base64Url.EncodeToString(keys.Sign(signed)));
    }

    // the members in canonical JSON order
    private void Payload(HumanTask task, HumanResponse response, ChainEnd? before, ArrayBufferWriter<byte> to)
    {
        Member(to, "{\"at\":", Moment(response.At));
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

        Member(to, ",\"prev\":", before?.Hash);
        if (response.Reason is { } reason)
        {
            Member(to, ",\"reason\":", reason);
        }

        Member(to, ",\"responseId\":", response.Id);
        Member(to, ",\"ruleSet\":", task.RuleSet);
        Member(to, ",\"runId\":", task.RunId);
        Member(to, ",\"shown\":", ShownHash(task, response));
        Member(to, ",\"taskId\":", task.Id);
        CanonicalJson.Put(to, string.Create(CultureInfo.InvariantCulture, $",\"v\":{Version},\"values\":"));
        CanonicalJson.Write(response.Values, to);
        Member(to, ",\"verified\":", response.Defaulted ? null : (response.Verified ?? Verification.Link).Word());
        CanonicalJson.Put(to, string.Create(CultureInfo.InvariantCulture, $",\"version\":{task.RuleSetVersion}}}"));
    }

    /// <summary>Returns the outcome of the task, in the contract's word.</summary>
    public static string KindOf(HumanResponse response) =>
        response.Defaulted ? "defaulted" : response.Rejects ? "rejected" : "answered";

    private static void Member(ArrayBufferWriter<byte> to, string name, string? value)
    {
        CanonicalJson.Put(to, name);
        CanonicalJson.Text(value, to);
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns the hash of what the person saw: canonical JSON of <c>{ context, description, form, language, title
    /// }</c>, in the language of the page. A default response uses the task's language, because nobody saw a page.
    /// </summary>
    private static string ShownHash(HumanTask task, HumanResponse response)
    {
        var language = response.Defaulted ? task.Question.Language ?? Languages.Fallback : Languages.Current;
        var texts = new ArrayBufferWriter<byte>(256);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("{\"context\":"u8);
        hash.AppendData(task.Question.Context.Count == 0 ? "{}"u8 : CanonicalJson.Write(task.Question.Context));
        Member(texts, ",\"description\":", task.Question.DescriptionIn(language));
        CanonicalJson.Put(texts, ",\"form\":");
        hash.AppendData(texts.WrittenSpan);
        hash.AppendData(task.Question.FormIn(language).Canonical);
        texts.ResetWrittenCount();
        Member(texts, ",\"language\":", language);
        Member(texts, ",\"title\":", task.Question.TitleIn(language));
        CanonicalJson.Put(texts, "}");
        hash.AppendData(texts.WrittenSpan);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>
    /// Returns the hash by which a version 1 receipt names the previous one: that of its whole signed form.
    /// </summary>
    public static string HashOf(string receipt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(receipt)));
}
