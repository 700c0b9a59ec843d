namespace HumanTasks.Core.Tasks;

/// <summary>How often a task may be answered and was answered.</summary>
/// <param name="Max">The maximum number of responses, 1 to 1000; for several assignees the number that decides.</param>
/// <param name="Count">The number of responses that count.</param>
public sealed record Uses(int Max, int Count = 0)
{
    /// <summary>One response.</summary>
    public static readonly Uses Once = new(1);

    public bool AreUp => Count >= Max;

    public int Left => Max - Count;

    /// <summary>Returns these uses with another response.</summary>
    public Uses More() => this with { Count = Count + 1 };
}
