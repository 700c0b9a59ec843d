using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Links;

/// <summary>
/// One-time codes of six digits, valid for 10 minutes. Only a keyed hash is stored. Each browser that requests a code
/// has its own, and the newest code works in every browser, because a person may read the email elsewhere.
/// <para>
/// A wrong code counts against the browser if it requested a code, otherwise against its address block: five per hour
/// each. So no one can use up the attempts of another browser. After 20 wrong codes in an hour or 100 in a day, from
/// all requesters, a code works only in the browser that requested it. Resending waits 30, 60 and 120 seconds per
/// requester, and is limited per address: 12 codes an hour requested from one block, 60 in total.
/// </para>
/// </summary>
public sealed class OneTimeCodes(IDocumentStore documents, LinkTokens tokens, TimeProvider time)
{
    /// <summary>The lifetime of a code.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The number of wrong codes per browser or block and hour, regardless of new codes.</summary>
    public const int MaxTries = 5;

    /// <summary>
    /// The number of wrong codes per hour, from all requesters, after which a code works only in the browser that
    /// requested it.
    /// </summary>
    public const int MaxTriesInAnHour = 20;

    /// <summary>The same limit per day.</summary>
    public const int MaxTriesInADay = 100;

    /// <summary>The number of codes per hour to one address requested from one block.</summary>
    public const int MaxSends = 12;

    /// <summary>The number of codes per hour to one address from all requesters.</summary>
    public const int MaxSendsInAll = 60;

    internal static readonly TimeSpan Window = TimeSpan.FromHours(1);
    internal static readonly TimeSpan DayWindow = TimeSpan.FromDays(1);

    private const string Purpose = "one-time code";
    private const string SendsOwner = "code-sends";
    private const int MaxRaces = 20;
    private const int CodeLength = 6;

    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)];

    /// <summary>Creates a code, which the caller sends. The steps are the same for every requester and scope.</summary>
    public async Task<CodeIssue> IssueAsync(CodeScope scope, CodeAsker asker, CancellationToken cancellationToken)
    {
        var isCounted = false;
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.GetUtcNow();
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            var speaks = asker.IsNew ? asker.BlockKey : asker.BrowserKey ?? asker.BlockKey;
            var party = state.Find(speaks) ?? new CodeParty(speaks, now);
            if (party.Tries >= MaxTries)
            {
                return new CodeIssue.Locked(party.From + Window - now);
            }

            if (party.Sends > 0 && party.SentAt + NextWait(party) - now is { Ticks: > 0 } wait)
            {
                return new CodeIssue.TooSoon(wait);
            }

            if (!isCounted && await CountSendAsync(scope.Address, asker, now, cancellationToken) is { } capped)
            {
                return new CodeIssue.TooSoon(capped);
            }

            isCounted = true;
            var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            var hash = HashOf(scope, code, now);
            party = party with { Sends = party.Sends + 1, SentAt = now };
            var holder = asker.IsNew ? new CodeParty(asker.BrowserKey!, now, Sends: 1) : party;
            var sent = (state with { Hash = hash, SentAt = now, Sends = state.Sends + 1 })
                .With(party)
                .With(holder with { SentAt = now, Hash = hash, Block = asker.BlockKey });
            if (await SaveAsync(scope, document, sent, now, cancellationToken))
            {
                return new CodeIssue.Issued(code, NextWait(party));
            }
        }

        return new CodeIssue.TooSoon(Waits[0]);
    }

    /// <summary>
    /// Verifies a code. The attempt is counted before its result is returned, which prevents parallel guessing.
    /// </summary>
    public async Task<CodeCheck> CheckAsync(CodeScope scope, CodeAsker asker, string code, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.GetUtcNow();
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            var own = state.Find(asker.BrowserKey);
            var party = own ?? state.Find(asker.BlockKey) ?? new CodeParty(asker.BlockKey, now);
            if (party.Tries >= MaxTries)
            {
                return new CodeCheck.TooMany(party.From + Window - now);
            }

            if (own is null && state.ReservedUntil() is { } until)
            {
                return new CodeCheck.TooMany(until - now);
            }

            var good = Good(state, own, asker, now);
            if (good.Count == 0)
            {
                return new CodeCheck.Expired();
            }

            var digits = Digits(code);
            if (digits.Length != CodeLength)
            {
                return new CodeCheck.Incomplete(MaxTries - party.Tries);
            }

            var right = good.FirstOrDefault(one => tokens.IsMark(Purpose, Text(scope, digits, one.SentAt), one.Hash)).Hash;
            var used = right is null ? state.Counted(now) : state.Without(right);
            var tried = used.With((used.Find(party.Who) ?? party) with { Tries = right is null ? party.Tries + 1 : 0 });
            if (await SaveAsync(scope, document, tried, now, cancellationToken))
            {
                return right is not null ? new CodeCheck.Right()
                    : party.Tries + 1 >= MaxTries ? new CodeCheck.TooMany(party.From + Window - now, WasWrong: true)
                    : new CodeCheck.Wrong(MaxTries - party.Tries - 1);
            }
        }

        return new CodeCheck.TooMany(Waits[0]);
    }

    /// <summary>
    /// Returns whether a code is valid in this browser, the attempts left, and when another code may be sent. A browser
    /// without a request may always request one, whatever others did.
    /// </summary>
    public async Task<CodeStanding> LookAsync(CodeScope scope, CodeAsker asker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (_, state) = await LoadAsync(scope, now, cancellationToken);
        var own = state.Find(asker.BrowserKey);
        var block = state.Find(asker.BlockKey);
        var tries = (own ?? block)?.Tries ?? 0;
        var isSent = Good(state, own, asker, now).Count > 0
            && (own is not null || (tries < MaxTries && state.ReservedUntil() is null));
        if (own is null && asker.Browser is not null && !isSent)
        {
            tries = 0;
        }

        var wait = (own ?? (asker.Browser is null ? block : null)) is { Sends: > 0 } asked ? asked.SentAt + NextWait(asked) - now : TimeSpan.Zero;
        return new CodeStanding(isSent, Math.Max(0, MaxTries - tries), wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    /// <summary>Returns an address or another text as part of a key.</summary>
    public static string KeyOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToLowerInvariant())).AsSpan(0, 16));

    /// <summary>
    /// Returns the codes that the requester may use: its own; the newest one, unless codes are reserved; and, for a
    /// browser without a code, the newest requested from its block. So an attempt guesses at no more than two of them.
    /// </summary>
    private static List<(string Hash, DateTimeOffset SentAt)> Good(CodeState state, CodeParty? own, CodeAsker asker, DateTimeOffset now)
    {
        List<(string Hash, DateTimeOffset SentAt)> good = [];
        if (own?.IsAlive(now) == true)
        {
            good.Add((own.Hash!, own.SentAt));
        }

        if (state.ReservedUntil() is null && state.Hash is not null && now < state.SentAt + Lifetime)
        {
            good.Add((state.Hash, state.SentAt));
        }

        if (own is null && state.Parties?.Where(party => party.Block == asker.BlockKey && party.IsAlive(now)).MaxBy(party => party.SentAt) is { } near)
        {
            good.Add((near.Hash!, near.SentAt));
        }

        return good;
    }

    private static TimeSpan NextWait(CodeParty party) => Waits[Math.Min(Math.Max(party.Sends, 1), Waits.Length) - 1];

    /// <summary>Returns the digits of what was typed, also those of other alphabets, as an Arabic or Japanese keyboard writes them.</summary>
    private static string Digits(string code) =>
        string.Concat(code.Where(char.IsDigit).Select(static digit => (char)('0' + (int)char.GetNumericValue(digit))));

    private string HashOf(CodeScope scope, string code, DateTimeOffset at) => tokens.Mark(Purpose, Text(scope, code, at));

    private static string Text(CodeScope scope, string code, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{scope.Owner} {scope.Key} {at.UtcTicks} {code}");

    private async Task<(Document? Document, CodeState State)> LoadAsync(CodeScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = await documents.FindAsync(scope.Owner, scope.Key, cancellationToken);
        var state = document is null ? null : JsonSerializer.Deserialize(document.Body.Span, CodeJson.Default.CodeState);
        return (document, state?.At(now) ?? new CodeState(null, now, now, 0, 0));
    }

    private Task<bool> SaveAsync(
        CodeScope scope, Document? before, CodeState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        documents.PutAsync(
            new Document(
                scope.Owner,
                scope.Key,
                JsonSerializer.SerializeToUtf8Bytes(state, CodeJson.Default.CodeState),
                (before?.Version ?? 0) + 1,
                state.Day is null ? now + Window + Lifetime : now + DayWindow),
            cancellationToken);

    /// <summary>Counts an email to an address. Returns the time to wait if the limit is reached.</summary>
    private async Task<TimeSpan?> CountSendAsync(string address, CodeAsker asker, DateTimeOffset now, CancellationToken cancellationToken) =>
        await CountSendAsync($"{address} {asker.Block}", MaxSends, now, cancellationToken)
        ?? await CountSendAsync(address, MaxSendsInAll, now, cancellationToken);

    private async Task<TimeSpan?> CountSendAsync(string counted, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scope = new CodeScope(SendsOwner, KeyOf(counted), counted);
        for (var race = 0; race < MaxRaces; race++)
        {
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            if (state.Sends >= most)
            {
                return state.From + Window - now;
            }

            if (await SaveAsync(scope, document, state with { Sends = state.Sends + 1, SentAt = now }, now, cancellationToken))
            {
                return null;
            }
        }

        return Waits[0];
    }
}
