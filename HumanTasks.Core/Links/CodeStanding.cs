namespace HumanTasks.Core.Links;

/// <param name="IsSent">Whether a valid code was sent.</param>
/// <param name="TriesLeft">The attempts left, 0 to 5.</param>
/// <param name="SendAgainAfter">The time until another code can be sent.</param>
public sealed record CodeStanding(bool IsSent, int TriesLeft, TimeSpan SendAgainAfter);
