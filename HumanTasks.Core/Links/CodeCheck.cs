namespace HumanTasks.Core.Links;

/// <summary>The result of an attempt.</summary>
public abstract record CodeCheck
{
    private CodeCheck()
    {
    }

    /// <summary>The code is correct and is now used up.</summary>
    public sealed record Right : CodeCheck;

    public sealed record Wrong(int TriesLeft) : CodeCheck;

    /// <summary>What was typed has not six digits. It is no guess, so it does not count as an attempt.</summary>
    public sealed record Incomplete(int TriesLeft) : CodeCheck;

    /// <summary>There is no valid code: none was sent, it was used, or it has expired.</summary>
    public sealed record Expired : CodeCheck;

    /// <param name="Wait">The time during which no code is accepted.</param>
    /// <param name="WasWrong">Whether this attempt was the last allowed one.</param>
    public sealed record TooMany(TimeSpan Wait, bool WasWrong = false) : CodeCheck;
}
