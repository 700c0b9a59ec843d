namespace HumanTasks.Core.Tasks;

/// <summary>An assignee or candidate, with a link of their own.</summary>
/// <param name="Number">0 for the only assignee; at least 1 for one of several. It is part of the seat's links.</param>
/// <param name="Assignee">The email address, or a name in older tasks.</param>
/// <param name="Generation">The generation of the seat's valid link. Tokens of other generations are revoked.</param>
public sealed record Seat(int Number, string Assignee, int Generation = 0)
{
    /// <summary>The response of one of several assignees; null until there is one.</summary>
    public SeatAnswer? Answer { get; init; }

    /// <summary>The failed email to this person; null if none failed.</summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>Returns the seat for another person. Earlier links are revoked.</summary>
    public Seat HandedTo(string assignee) =>
        this with { Assignee = assignee, Generation = Generation + 1, MailFailure = null };

    /// <summary>Returns the seat with a new link. Earlier links are revoked.</summary>
    public Seat Reissued() => this with { Generation = Generation + 1 };
}
