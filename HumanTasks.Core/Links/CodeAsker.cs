namespace HumanTasks.Core.Links;

/// <summary>Who asks for a code or tries one, as far as anybody can tell them from others.</summary>
/// <param name="Browser">What the cookie of a browser says; null without one.</param>
/// <param name="Block">The block of addresses from which they come; empty where nobody knows it.</param>
/// <param name="IsNew">Whether the browser gets its cookie only now, so that its address block speaks for it.</param>
public sealed record CodeAsker(string? Browser, string Block, bool IsNew = false)
{
    /// <summary>Everybody together, for what must not be asked for side by side.</summary>
    public static readonly CodeAsker Everybody = new(null, "");

    internal string? BrowserKey => Browser is null ? null : $"browser {OneTimeCodes.KeyOf(Browser)}";

    internal string BlockKey => $"block {OneTimeCodes.KeyOf(Block)}";
}
