using System.Text.Json.Serialization;

namespace HumanTasks.Core.Links;

/// <summary>
/// What is known of the codes of a scope. Hash, times and counts of the scope itself are what older builds know of it: a code
/// of theirs stays good, and they go on with the newest code after a rollback.
/// </summary>
/// <param name="Hash">Of the newest code; null when it was used.</param>
/// <param name="From">When the hour of counting began.</param>
/// <param name="SentAt">When the newest code was made.</param>
/// <param name="Sends">In this hour.</param>
/// <param name="Tries">Wrong ones in this hour, whoever tried.</param>
internal sealed record CodeState(string? Hash, DateTimeOffset From, DateTimeOffset SentAt, int Sends, int Tries)
{
    /// <summary>The same over a day; null where nothing was counted.</summary>
    public DayCount? Day { get; init; }

    /// <summary>Browsers that asked and address blocks from which was asked or tried, each over an hour of its own.</summary>
    public IReadOnlyList<CodeParty>? Parties { get; init; }

    public CodeParty? Find(string? who) => Parties?.FirstOrDefault(party => party.Who == who);

    public CodeState With(CodeParty party) => this with
    {
        Parties = [.. (Parties ?? []).Where(other => other.Who != party.Who), party],
    };

    /// <summary>A code is good once, whoever holds it.</summary>
    public CodeState Without(string hash) => this with
    {
        Hash = Hash == hash ? null : Hash,
        Parties = Parties is null ? null : [.. Parties.Select(party => party.Hash == hash ? party with { Hash = null } : party)],
    };

    /// <summary>
    /// The state as it counts at a time: what is over begins anew. A code that was sent in the last minutes of an hour stays
    /// good for its time.
    /// </summary>
    public CodeState At(DateTimeOffset now) => (now < From + OneTimeCodes.Window ? this : this with { From = now, Tries = 0, Sends = 0 }) with
    {
        Day = Day is { } day && now < day.From + OneTimeCodes.DayWindow ? day : null,
        Parties = Parties is null ? null :
        [
            .. Parties
                .Select(party => now < party.From + OneTimeCodes.Window ? party : party with { From = now, Tries = 0, Sends = 0 })
                .Where(party => party.Tries > 0 || party.Sends > 0 || party.IsAlive(now)),
        ],
    };

    public CodeState Counted(DateTimeOffset now) => this with
    {
        Tries = Tries + 1,
        Day = new DayCount(Day?.From ?? now, (Day?.Count ?? 0) + 1),
    };

    /// <summary>Until when a code is good only in the browser that asked for it; null when it is good everywhere.</summary>
    public DateTimeOffset? ReservedUntil() =>
        Day?.Count >= OneTimeCodes.MaxTriesInADay ? Day.From + OneTimeCodes.DayWindow
        : Tries >= OneTimeCodes.MaxTriesInAnHour ? From + OneTimeCodes.Window
        : null;
}

/// <param name="From">When the day of counting began.</param>
/// <param name="Count">In this day.</param>
internal sealed record DayCount(DateTimeOffset From, int Count);

/// <param name="Who">The key of a browser or of a block of addresses.</param>
/// <param name="From">When its hour of counting began.</param>
/// <param name="Tries">Wrong ones in this hour.</param>
/// <param name="Sends">Codes that it asked for in this hour.</param>
/// <param name="SentAt">When the newest of them was made.</param>
/// <param name="Hash">Of the code that is alive; null when there is none.</param>
/// <param name="Block">Of a browser: the key of the block from which it asked.</param>
internal sealed record CodeParty(
    string Who, DateTimeOffset From, int Tries = 0, int Sends = 0, DateTimeOffset SentAt = default, string? Hash = null, string? Block = null)
{
    public bool IsAlive(DateTimeOffset now) => Hash is not null && now < SentAt + OneTimeCodes.Lifetime;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CodeState))]
internal sealed partial class CodeJson : JsonSerializerContext;
