using System.Text.Json.Serialization;
using HumanTasks.Core.People;

namespace HumanTasks.Core.Tasks;

/// <summary>Who is asked where there are several: each at a seat of their own, by a link of their own, once.</summary>
public sealed record Routing
{
    /// <summary>How many answers decide, from 1. A rejection is no answer.</summary>
    public required int Need { get; init; }

    /// <summary>Whether one rejection ends it.</summary>
    public bool Veto { get; init; }

    /// <summary>Whether these are candidates: one of them takes the task, and only that one answers it.</summary>
    public bool Candidates { get; init; }

    /// <summary>The seat of the candidate who has the task; null while nobody has.</summary>
    public int? ClaimedBy { get; init; }

    /// <summary>From number 1, each with another address.</summary>
    public required IReadOnlyList<Seat> Seats { get; init; }

    [JsonIgnore]
    public Seat? Claimed => ClaimedBy is { } number ? Find(number) : null;

    /// <summary>Whom a task like this waits for.</summary>
    [JsonIgnore]
    public IEnumerable<Seat> Open => Claimed is { } claimed
        ? claimed.Answer is null ? [claimed] : []
        : Seats.Where(seat => seat.Answer is null);

    /// <summary>Whose task it is: whoever has it, otherwise everybody.</summary>
    [JsonIgnore]
    public IEnumerable<string> Assignees => Claimed is { } claimed ? [claimed.Assignee] : Seats.Select(seat => seat.Assignee);

    public Seat? Find(int number) => Seats.FirstOrDefault(seat => seat.Number == number);

    /// <summary>The seat of a person.</summary>
    public Seat? Of(string? address) => Seats.FirstOrDefault(seat => PersonAddress.Same(seat.Assignee, address));

    public Routing With(Seat changed) => this with
    {
        Seats = [.. Seats.Select(seat => seat.Number == changed.Number ? changed : seat)],
    };

    /// <summary>What the answers so far come to; null while that is open.</summary>
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

/// <summary>One of several who are asked.</summary>
/// <param name="Number">From 1; part of the seat's links.</param>
/// <param name="Assignee">An e-mail address.</param>
/// <param name="Generation">The issue of the seat's link that is alive.</param>
public sealed record Seat(int Number, string Assignee, int Generation = 0)
{
    /// <summary>Null until they answer.</summary>
    public SeatAnswer? Answer { get; init; }

    /// <summary>That they could not be emailed; null where they were.</summary>
    public MailFailure? MailFailure { get; init; }

    /// <summary>The same for another person: links that others got are dead.</summary>
    public Seat HandedTo(string assignee) =>
        this with { Assignee = assignee, Generation = Generation + 1, MailFailure = null };
}

/// <summary>That somebody answered, and how.</summary>
public sealed record SeatAnswer(string ResponseId, DateTimeOffset At, bool Rejects);
