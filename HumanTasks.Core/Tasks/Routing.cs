using System.Text.Json.Serialization;
using HumanTasks.Core.People;

namespace HumanTasks.Core.Tasks;

/// <summary>The seats of a task for several people. Each person has their own link and responds once.</summary>
public sealed record Routing
{
    /// <summary>The number of responses that decide, at least 1. Rejections don't count.</summary>
    public required int Need { get; init; }

    /// <summary>Whether one rejection rejects the task.</summary>
    public bool Veto { get; init; }

    /// <summary>Whether the seats are candidates, one of whom claims the task and responds.</summary>
    public bool Candidates { get; init; }

    /// <summary>The seat of the candidate who claimed the task; null if unclaimed.</summary>
    public int? ClaimedBy { get; init; }

    /// <summary>The seats, numbered from 1, with distinct addresses.</summary>
    public required IReadOnlyList<Seat> Seats { get; init; }

    [JsonIgnore]
    public Seat? Claimed => ClaimedBy is { } number ? Find(number) : null;

    /// <summary>The seats that still have to respond.</summary>
    [JsonIgnore]
    public IEnumerable<Seat> Open => Claimed is { } claimed
        ? claimed.Answer is null ? [claimed] : []
        : Seats.Where(seat => seat.Answer is null);

    /// <summary>The candidate who claimed the task, otherwise all seats.</summary>
    [JsonIgnore]
    public IEnumerable<string> Assignees => Claimed is { } claimed ? [claimed.Assignee] : Seats.Select(seat => seat.Assignee);

    public Seat? Find(int number) => Seats.FirstOrDefault(seat => seat.Number == number);

    /// <summary>Returns the seat of a person.</summary>
    public Seat? Of(string? address) => Seats.FirstOrDefault(seat => PersonAddress.Same(seat.Assignee, address));

    public Routing With(Seat changed) => this with
    {
        Seats = [.. Seats.Select(seat => seat.Number == changed.Number ? changed : seat)],
    };

    /// <summary>The outcome that follows from the responses so far; null while undecided.</summary>
    [JsonIgnore]
    public bool? Decision
    {
        get
        {
            var answered = Seats.Count(seat => seat.Answer is { Rejects: false });
            var rejected = Seats.Count(seat => seat.Answer is { Rejects: true });
            return Veto && rejected > 0 ? false
                : answered >= Need ? true
                : (Candidates && rejected > 0) || Seats.Count - rejected < Need ? false
                : null;
        }
    }
}

/// <summary>One of several assignees or candidates.</summary>
/// <param name="Number">The number, at least 1. It is part of the seat's links.</param>
/// <param name="Assignee">The email address.</param>
/// <param name="Generation">The generation of the seat's valid link.</param>
public sealed record Seat(int Number, string Assignee, int Generation = 0)
{
    /// <summary>The response; null until there is one.</summary>
    public SeatAnswer? Answer { get; init; }

    /// <summary>The failed email to this person; null if none failed.</summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>Returns the seat for another person. Earlier links are revoked.</summary>
    public Seat HandedTo(string assignee) =>
        this with { Assignee = assignee, Generation = Generation + 1, MailFailure = null };
}

/// <summary>The response of one seat.</summary>
public sealed record SeatAnswer(string ResponseId, DateTimeOffset At, bool Rejects);
