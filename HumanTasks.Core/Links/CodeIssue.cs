namespace HumanTasks.Core.Links;

/// <summary>The result of a request for a code.</summary>
public abstract record CodeIssue
{
    private CodeIssue()
    {
    }

    /// <param name="Code">The six digits. Send them, but never log or store them.</param>
    /// <param name="NextAfter">The time until another code may be sent.</param>
    public sealed record Issued(string Code, TimeSpan NextAfter) : CodeIssue;

    public sealed record TooSoon(TimeSpan Wait) : CodeIssue;

    /// <summary>Too many attempts: no new code until the given time has passed.</summary>
    public sealed record Locked(TimeSpan Wait) : CodeIssue;
}
