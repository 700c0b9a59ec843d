namespace HumanTasks.Core.Links;

/// <param name="Who">The key of a browser or an address block.</param>
/// <param name="From">The start of its counted hour.</param>
/// <param name="Tries">The wrong codes entered in this hour.</param>
/// <param name="Sends">The codes requested in this hour.</param>
/// <param name="SentAt">The time at which the newest of them was created.</param>
/// <param name="Hash">The hash of the valid code; null if there is none.</param>
/// <param name="Block">For a browser, the key of the block that it requested from.</param>
internal sealed record CodeParty(
    string Who, DateTimeOffset From, int Tries = 0, int Sends = 0, DateTimeOffset SentAt = default, string? Hash = null, string? Block = null)
{
    public bool IsAlive(DateTimeOffset now) => Hash is not null && now < SentAt + OneTimeCodes.Lifetime;
}
