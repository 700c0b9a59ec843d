namespace HumanTasks.Core.Links;

/// <summary>
/// The state of the codes in a scope. The hash, times and counts are those that older builds know: their codes stay
/// valid, and after a rollback they continue with the newest code.
/// </summary>
/// <param name="Hash">The hash of the newest code; null if it was used.</param>
/// <param name="From">The start of the counted hour.</param>
/// <param name="SentAt">The time at which the newest code was created.</param>
/// <param name="Sends">The codes sent in this hour.</param>
/// <param name="Tries">The wrong codes entered in this hour, by all requesters.</param>
internal sealed record CodeState(string? Hash, DateTimeOffset From, DateTimeOffset SentAt, int Sends, int Tries)
{
    /// <summary>The wrong codes counted over a day; null if none were counted.</summary>
    public DayCount? Day { get; init; }

    /// <summary>The browsers and address blocks that requested or entered codes, each with its own hour.</summary>
    public IReadOnlyList<CodeParty>? Parties { get; init; }

    public CodeParty? Find(string? who) => Parties?.FirstOrDefault(party => party.Who == who);

    public CodeState With(CodeParty party) => this with
    {
        Parties = [.. (Parties ?? []).Where(other => other.Who != party.Who), party],
    };

    /// <summary>Returns the state after a code was used. A code works once, in whichever browser.</summary>
    public CodeState Without(string hash) => this with
    {
        Hash = Hash == hash ? null : Hash,
        Parties = Parties is null ? null : [.. Parties.Select(party => party.Hash == hash ? party with { Hash = null } : party)],
    };

    /// <summary>
    /// Returns the state at a time, with finished periods reset. A code sent near the end of an hour keeps its full
    /// lifetime.
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

    /// <summary>
    /// Returns the time until which a code works only in the browser that requested it; null if it works everywhere.
    /// </summary>
    public DateTimeOffset? ReservedUntil() =>
        Day?.Count >= OneTimeCodes.MaxTriesInADay ? Day.From + OneTimeCodes.DayWindow
        : Tries >= OneTimeCodes.MaxTriesInAnHour ? From + OneTimeCodes.Window
        : null;
}
