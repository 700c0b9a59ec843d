using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Links;

/// <summary>What a code is good for. Codes of different scopes know nothing of each other.</summary>
/// <param name="Owner">Of the documents that keep its state.</param>
/// <param name="Key">Unique with its owner.</param>
/// <param name="Address">To which the code goes: sends are counted for it over all scopes.</param>
public sealed record CodeScope(string Owner, string Key, string Address);

/// <summary>
/// One-time codes of six digits: good for ten minutes and five tries. Only a keyed hash of a code is stored. A new code
/// replaces the one before and resets no tries; sending again waits 30, 60 and 120 seconds and is capped for an address;
/// tries and sends are counted over an hour.
/// </summary>
public sealed class OneTimeCodes(IDocumentStore documents, LinkTokens tokens, TimeProvider time)
{
    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How often a code can be tried in an hour, whatever new ones are sent meanwhile.</summary>
    public const int MaxTries = 5;

    /// <summary>How many codes go to one address in an hour, for whatever.</summary>
    public const int MaxSends = 12;

    private const string Purpose = "one-time code";
    private const string SendsOwner = "code-sends";
    private const int MaxRaces = 20;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)];

    /// <summary>Makes a code, which the caller sends. Takes the same steps whoever asks, and for whatever.</summary>
    public async Task<CodeIssue> IssueAsync(CodeScope scope, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.GetUtcNow();
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            if (state.Tries >= MaxTries)
            {
                return new CodeIssue.Locked(state.From + Window - now);
            }

            if (state.Sends > 0 && state.SentAt + Waits[Math.Min(state.Sends, Waits.Length) - 1] - now is { Ticks: > 0 } wait)
            {
                return new CodeIssue.TooSoon(wait);
            }

            if (await CountSendAsync(scope.Address, now, cancellationToken) is { } capped)
            {
                return new CodeIssue.TooSoon(capped);
            }

            var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            var sent = state with { Hash = HashOf(scope, code, now), SentAt = now, Sends = state.Sends + 1 };
            if (await SaveAsync(scope, document, sent, cancellationToken))
            {
                return new CodeIssue.Issued(code, NextWait(sent));
            }
        }

        return new CodeIssue.TooSoon(Waits[0]);
    }

    /// <summary>Tries a code. The try is counted before its outcome is told, so that nobody guesses in parallel.</summary>
    public async Task<CodeCheck> CheckAsync(CodeScope scope, string code, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var now = time.GetUtcNow();
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            if (state.Tries >= MaxTries)
            {
                return new CodeCheck.TooMany(state.From + Window - now);
            }

            var isAlive = state.Hash is not null && now < state.SentAt + Lifetime;
            if (!isAlive)
            {
                return new CodeCheck.Expired();
            }

            var isRight = tokens.IsMark(Purpose, Text(scope, Digits(code), state.SentAt), state.Hash!);
            var tried = isRight ? state with { Hash = null, Tries = 0 } : state with { Tries = state.Tries + 1 };
            if (await SaveAsync(scope, document, tried, cancellationToken))
            {
                return isRight ? new CodeCheck.Right()
                    : tried.Tries >= MaxTries ? new CodeCheck.TooMany(state.From + Window - now, WasWrong: true)
                    : new CodeCheck.Wrong(MaxTries - tried.Tries);
            }
        }

        return new CodeCheck.TooMany(Waits[0]);
    }

    /// <summary>Whether a code is on its way, how many tries are left and when another may be sent.</summary>
    public async Task<CodeStanding> LookAsync(CodeScope scope, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (_, state) = await LoadAsync(scope, now, cancellationToken);
        var wait = state.Sends == 0 ? TimeSpan.Zero : state.SentAt + NextWait(state) - now;
        return new CodeStanding(
            state.Hash is not null && now < state.SentAt + Lifetime,
            Math.Max(0, MaxTries - state.Tries),
            wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    /// <summary>An address or another text as a part of a key.</summary>
    public static string KeyOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToLowerInvariant())).AsSpan(0, 16));

    private static TimeSpan NextWait(State state) => Waits[Math.Min(Math.Max(state.Sends, 1), Waits.Length) - 1];

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    private string HashOf(CodeScope scope, string code, DateTimeOffset at) => tokens.Mark(Purpose, Text(scope, code, at));

    private static string Text(CodeScope scope, string code, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{scope.Owner} {scope.Key} {at.UtcTicks} {code}");

    private async Task<(Document? Document, State State)> LoadAsync(CodeScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = await documents.FindAsync(scope.Owner, scope.Key, cancellationToken);
        var state = document is null ? null : JsonSerializer.Deserialize(document.Body.Span, CodeJson.Default.State);
        if (state is null)
        {
            return (document, new State(null, now, now, 0, 0));
        }

        // the hour of counting is over; a code that was sent in its last minutes stays good for its time
        return (document, now < state.From + Window ? state : state with { From = now, Tries = 0, Sends = 0 });
    }

    private Task<bool> SaveAsync(CodeScope scope, Document? before, State state, CancellationToken cancellationToken) =>
        documents.PutAsync(
            new Document(
                scope.Owner,
                scope.Key,
                JsonSerializer.SerializeToUtf8Bytes(state, CodeJson.Default.State),
                (before?.Version ?? 0) + 1,
                state.From + Window + Lifetime),
            cancellationToken);

    /// <summary>Counts a mail to an address; answers how long to wait when there were too many.</summary>
    private async Task<TimeSpan?> CountSendAsync(string address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scope = new CodeScope(SendsOwner, KeyOf(address), address);
        for (var race = 0; race < MaxRaces; race++)
        {
            var (document, state) = await LoadAsync(scope, now, cancellationToken);
            if (state.Sends >= MaxSends)
            {
                return state.From + Window - now;
            }

            if (await SaveAsync(scope, document, state with { Sends = state.Sends + 1 }, cancellationToken))
            {
                return null;
            }
        }

        return Waits[0];
    }

    /// <param name="Hash">Of the code that is alive; null when there is none.</param>
    /// <param name="From">When the hour of counting began.</param>
    /// <param name="SentAt">When the newest code was made.</param>
    /// <param name="Sends">In this hour.</param>
    /// <param name="Tries">Wrong ones in this hour.</param>
    internal sealed record State(string? Hash, DateTimeOffset From, DateTimeOffset SentAt, int Sends, int Tries);
}

/// <summary>What became of the wish for a code.</summary>
public abstract record CodeIssue
{
    private CodeIssue()
    {
    }

    /// <param name="Code">Six digits, to be sent and nothing else.</param>
    /// <param name="NextAfter">When another one may be sent.</param>
    public sealed record Issued(string Code, TimeSpan NextAfter) : CodeIssue;

    public sealed record TooSoon(TimeSpan Wait) : CodeIssue;

    /// <summary>Tried too often: no new code until then.</summary>
    public sealed record Locked(TimeSpan Wait) : CodeIssue;
}

/// <summary>What became of a try.</summary>
public abstract record CodeCheck
{
    private CodeCheck()
    {
    }

    /// <summary>It is used up with this.</summary>
    public sealed record Right : CodeCheck;

    public sealed record Wrong(int TriesLeft) : CodeCheck;

    /// <summary>No code is alive: none was sent, it was used, or its time is over.</summary>
    public sealed record Expired : CodeCheck;

    /// <param name="Wait">How long nothing is accepted.</param>
    /// <param name="WasWrong">True when this very try was the last one.</param>
    public sealed record TooMany(TimeSpan Wait, bool WasWrong = false) : CodeCheck;
}

/// <param name="IsSent">Whether a code that is good was sent.</param>
/// <param name="TriesLeft">0 to 5.</param>
/// <param name="SendAgainAfter">How long to wait before another is sent.</param>
public sealed record CodeStanding(bool IsSent, int TriesLeft, TimeSpan SendAgainAfter);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OneTimeCodes.State))]
internal sealed partial class CodeJson : JsonSerializerContext;
