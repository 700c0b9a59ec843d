using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Receipts;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>The result of checking one text.</summary>
internal abstract record CheckedText
{
    private static readonly string[] Kinds = ["answered", "rejected", "defaulted"];

    private static readonly string[] OfReceipts =
    [
        "at", "by", "correlationId", "environment", "iat", "iss", "kind", "outcome", "prev", "reason", "responseId", "ruleSet", "runId",
        "shown", "taskId", "v", "values", "verified", "version",
    ];

    private static readonly string[] OfHeads = ["at", "count", "hash", "kind", "runId"];

    /// <summary>The members of a receipt that are printed or compared. Each must be text or absent.</summary>
    private static readonly string[] Words = ["at", "by", "hash", "kind", "prev", "responseId", "runId", "taskId", "verified"];

    /// <summary>The members of a receipt that a list repeats, besides its time.</summary>
    private static readonly string[] Listed = ["kind", "taskId"];

    private CheckedText()
    {
    }

    /// <summary>A text that is not genuine, or that lacks what a receipt must say.</summary>
    public sealed record Refused(string Problem) : CheckedText;

    /// <summary>A genuine text of a newer version than this build knows.</summary>
    public sealed record Newer(string Version) : CheckedText;

    /// <summary>A genuine receipt.</summary>
    /// <param name="Given">The text it was read from.</param>
    /// <param name="RunId">The run's ID.</param>
    /// <param name="ResponseId">The response's ID; null if the receipt names none.</param>
    /// <param name="Version">1 or 2.</param>
    /// <param name="Link">What connects it to other receipts of the chain.</param>
    /// <param name="Line">A readable summary, one line.</param>
    public sealed record Receipt(GivenText Given, string RunId, string? ResponseId, int Version, ChainLink Link, string Line) : CheckedText;

    /// <summary>A genuine head of a run's receipts.</summary>
    /// <param name="Given">The text it was read from.</param>
    /// <param name="RunId">The run's ID.</param>
    /// <param name="Count">The number of receipts of the run.</param>
    /// <param name="Hash">The hash of the last receipt's payload; null without receipts.</param>
    /// <param name="At">When the head was signed.</param>
    /// <param name="Line">A readable summary, one line.</param>
    public sealed record Head(GivenText Given, string RunId, int Count, string? Hash, string At, string Line) : CheckedText;

    public static CheckedText Of(GivenText given, KeySet keys)
    {
        var (opened, problem) = SignedText.Open(given.Jws, keys);
        if (opened is not { } payload)
        {
            return new Refused(problem!);
        }

        if (Words.FirstOrDefault(word => !payload.MayBeText(word)) is { } wrong)
        {
            return new Refused($"its '{wrong}' is not text");
        }

        var version = 1.0;
        if (payload.TryGetProperty("v", out var stated) && (stated.ValueKind != JsonValueKind.Number || (version = stated.GetDouble()) < 1))
        {
            return new Refused("its 'v' is not the number of a version");
        }

        if (version > ReceiptSigner.Version)
        {
            return new Newer(Printable.Of(stated.GetRawText()));
        }

        if (Words.Any(word => payload.Text(word) is { } text && !Printable.Is(text))
            || payload.EnumerateObject().Any(member => !Printable.Is(member.Name)))
        {
            return new Refused("control characters stand in what would be printed of it");
        }

        if (payload.Text("runId") is not { } runId || payload.Text("kind") is not { } kind || version % 1 > 0)
        {
            return new Refused("this is not a receipt: it names no run, no kind or no whole version");
        }

        if (given.IsEnd is { } isEnd && isEnd != (kind == ReceiptSigner.HeadKind))
        {
            return new Refused(isEnd ? "this is not a head" : "a head stands where a receipt belongs");
        }

        return kind == ReceiptSigner.HeadKind ? OfHead(given, payload, runId)
            : Kinds.Contains(kind) ? OfReceipt(given, payload, runId, (int)version)
            : new Refused($"this is not a receipt: its kind is '{Printable.Of(kind)}'");
    }

    private static CheckedText OfHead(GivenText given, JsonElement payload, string runId)
    {
        var hash = payload.Text("hash");
        if (!payload.TryGetProperty("count", out var counted) || counted.ValueKind != JsonValueKind.Number
            || !counted.TryGetInt32(out var count) || count < 0 || (count == 0) != (hash is null) || payload.Text("at") is not { } at)
        {
            return new Refused("this is not a head: it has no count, no hash or no time");
        }

        var line = $"genuine: the head of the run {Printable.Of(runId)}, {count} {(count == 1 ? "receipt" : "receipts")} at {Printable.Of(at)}";
        return new Head(given, runId, count, hash, at, line + Unknown(payload, OfHeads));
    }

    private static CheckedText OfReceipt(GivenText given, JsonElement payload, string runId, int version)
    {
        if (given.Item is { } item && Differs(item, payload) is { } member)
        {
            return new Refused($"'{member}' beside it in the list is not what was signed");
        }

        var hash = Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Write(payload)));
        var link = new ChainLink(hash, ReceiptSigner.HashOf(given.Jws), payload.Text("prev"));
        var line = $"genuine: {payload.Text("kind")} at {Said(payload, "at")}{Known(payload, "by", " by {0}")}"
            + $"{Known(payload, "verified", " ({0})")}, task {Said(payload, "taskId")}{Unknown(payload, OfReceipts)}";
        return new Receipt(given, runId, payload.Text("responseId"), version, link, line);
    }

    /// <summary>
    /// Compares the unsigned members of a list's entry with the signed receipt; returns what differs, or null.
    /// </summary>
    private static string? Differs(JsonElement item, JsonElement payload) =>
        Listed.FirstOrDefault(name => item.TryGetProperty(name, out _) && item.Text(name) != payload.Text(name))
        ?? (item.TryGetProperty("at", out _) && !IsSameMoment(item.Text("at"), payload.Text("at")) ? "at" : null);

    /// <summary>Compares two times to the millisecond: a list has finer fractions than a receipt.</summary>
    private static bool IsSameMoment(string? listed, string? signed) =>
        DateTimeOffset.TryParse(listed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var one)
        && DateTimeOffset.TryParse(signed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other)
        && (one - other).Duration() < TimeSpan.FromMilliseconds(1);

    private static string Unknown(JsonElement payload, string[] known)
    {
        string[] names = [.. payload.EnumerateObject().Select(member => member.Name).Except(known, StringComparer.Ordinal)];
        return names.Length > 0 ? $" (signed with it and not known here: {string.Join(", ", names.Select(Printable.Of))})" : "";
    }

    private static string Said(JsonElement payload, string member) => Printable.Of(payload.Text(member) ?? "?");

    private static string Known(JsonElement payload, string member, string words) =>
        payload.Text(member) is { } value ? words.Replace("{0}", Printable.Of(value), StringComparison.Ordinal) : "";
}
