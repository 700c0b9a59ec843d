namespace HumanTasks.Core.Links;

/// <summary>The requester of a one-time code, identified by browser and address block.</summary>
/// <param name="Browser">The ID from the browser's cookie; null without a cookie.</param>
/// <param name="Block">The block of client addresses; empty if unknown.</param>
/// <param name="IsNew">
/// Whether the browser gets its cookie with this request, so its address block identifies it.
/// </param>
public sealed record CodeAsker(string? Browser, string Block, bool IsNew = false)
{
    /// <summary>All requesters together, for operations that must not run in parallel.</summary>
    public static readonly CodeAsker Everybody = new(null, "");

    internal string? BrowserKey => Browser is null ? null : $"browser {OneTimeCodes.KeyOf(Browser)}";

    internal string BlockKey => $"block {OneTimeCodes.KeyOf(Block)}";
}
