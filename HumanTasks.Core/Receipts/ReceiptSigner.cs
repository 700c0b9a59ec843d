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
/// Signs what became of a question: what was shown, what was answered, by whom, how that is known and when. A JWS (RFC 7515,
/// compact, ES256) over canonical JSON, each with the hash of the one before it in its run.
/// </summary>
public sealed class ReceiptSigner(ReceiptKeys keys, Func<Uri> issuer)
{
    private readonly byte[] head = Encoding.ASCII.GetBytes(
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{keys.Id}}","typ":"JWT"}""")) + ".");

    /// <summary>Of the receipts that are made. Those without <c>v</c> are version 1; a higher one is not known here.</summary>
    public const int Version = 2;

    /// <summary>The kind of what is signed at the end of a chain; no receipt has it.</summary>
    public const string HeadKind = "head";

    /// <summary>The receipt of a response to a task, as the task was when it was answered.</summary>
    /// <param name="task">The task.</param>
    /// <param name="response">The response.</param>
    /// <param name="before">The end of the run's chain so far; null before the first.</param>
    public SignedReceipt Sign(HumanTask task, HumanResponse response, ChainEnd? before)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        Payload(task, response, before, payload);
        var end = new ChainEnd(Base64Url.EncodeToString(SHA256.HashData(payload.WrittenSpan)), (before?.Count ?? 0) + 1);
        return new SignedReceipt(Sign(payload.WrittenSpan), end);
    }

    /// <summary>Says how many receipts a run has at a time and which is the last one, so that one that is kept back is missed.</summary>
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
        // head.payload, then its signature: all of it ASCII
        var signed = new byte[head.Length + Base64Url.GetEncodedLength(payload.Length)];
        head.CopyTo(signed, 0);
        Base64Url.EncodeToUtf8(payload, signed.AsSpan(head.Length));
        return string.Concat(Encoding.ASCII.GetString(signed), ".", Base64Url.EncodeToString(keys.Sign(signed)));
    }

    // the members in the order of canonical JSON
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

    /// <summary>What became of the question, in the word of the contract.</summary>
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
    /// The hash of what the person read: canonical JSON of <c>{ context, description, form, language, title }</c>, in the
    /// language of the page. Nobody read it where a default counts: it is in the task's language then.
    /// </summary>
    private static string ShownHash(HumanTask task, HumanResponse response)
    {
        var language = response.Defaulted ? task.Language ?? Languages.Fallback : Languages.Current;
        var texts = new ArrayBufferWriter<byte>(256);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("{\"context\":"u8);
        hash.AppendData(task.Context.Count == 0 ? "{}"u8 : CanonicalJson.Write(task.Context));
        Member(texts, ",\"description\":", task.DescriptionIn(language));
        CanonicalJson.Put(texts, ",\"form\":");
        hash.AppendData(texts.WrittenSpan);
        hash.AppendData(task.FormIn(language).Canonical);
        texts.ResetWrittenCount();
        Member(texts, ",\"language\":", language);
        Member(texts, ",\"title\":", task.TitleIn(language));
        CanonicalJson.Put(texts, "}");
        hash.AppendData(texts.WrittenSpan);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>How a receipt of version 1 names the one before it: by its whole signed form.</summary>
    public static string HashOf(string receipt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(receipt)));
}
