using HumanTasks.Core.People;

namespace HumanTasks.Core.Tasks;

/// <summary>The people who may respond: anyone with the link, one assignee, or several. Each assignee has a seat with its own link.</summary>
public abstract record Asked
{
    /// <summary>The separator between the addresses of several assignees. No address contains it.</summary>
    public const string Between = ", ";

    private Asked(Uses uses) => Uses = uses;

    public Uses Uses { get; init; }

    /// <summary>Anyone with the link may respond.</summary>
    /// <param name="Generation">The generation of the valid link. Tokens of other generations are revoked.</param>
    /// <param name="Uses">How often the link may be used.</param>
    public sealed record Anyone(int Generation, Uses Uses) : Asked(Uses);

    /// <summary>One assignee.</summary>
    /// <param name="Seat">The seat, with number 0.</param>
    /// <param name="Uses">Once, and another time for each follow-up of an agent.</param>
    public sealed record One(Seat Seat, Uses Uses) : Asked(Uses);

    /// <summary>Several assignees, who respond once each, or candidates, one of whom claims the task and responds.</summary>
    /// <param name="Seats">The seats, numbered from 1, with distinct addresses.</param>
    /// <param name="Need">The number of responses that decide, at least 1. Rejections don't count.</param>
    /// <param name="Uses">The responses that decide and those that there are.</param>
    public sealed record Several(IReadOnlyList<Seat> Seats, int Need, Uses Uses) : Asked(Uses)
    {
        /// <summary>Whether one rejection rejects the task.</summary>
        public bool Veto { get; init; }

        /// <summary>Whether the seats are candidates, one of whom claims the task and responds.</summary>
        public bool Candidates { get; init; }

        /// <summary>The seat of the candidate who claimed the task; null if unclaimed.</summary>
        public int? ClaimedBy { get; init; }

        public Seat? Claimed => ClaimedBy is { } number ? Find(number) : null;

        /// <summary>The outcome that follows from the responses so far; null while undecided.</summary>
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

    /// <summary>The seats of all assignees; none if anyone with the link may respond.</summary>
    public IReadOnlyList<Seat> People => this switch
    {
        One one => [one.Seat],
        Several several => several.Seats,
        _ => [],
    };

    /// <summary>The seats that still have to respond.</summary>
    public IEnumerable<Seat> Open => this is Several several
        ? several.Claimed is { } claimed
            ? claimed.Answer is null ? [claimed] : []
            : several.Seats.Where(seat => seat.Answer is null)
        : People;

    /// <summary>The addresses under which lists show the task: the candidate who claimed it, otherwise all seats.</summary>
    public IEnumerable<string> Assignees => this is Several { Claimed: { } claimed }
        ? [claimed.Assignee]
        : People.Select(seat => seat.Assignee);

    /// <summary>The addresses of <see cref="Assignees"/> in one text; null if anyone with the link may respond.</summary>
    public string? Names => this switch
    {
        One one => one.Seat.Assignee,
        Several => string.Join(Between, Assignees),
        _ => null,
    };

    public Seat? Find(int number) => People.FirstOrDefault(seat => seat.Number == number);

    /// <summary>Returns the seat of a person.</summary>
    public Seat? Of(string? address) => People.FirstOrDefault(seat => PersonAddress.Same(seat.Assignee, address));

    /// <summary>Returns the same people with one seat changed.</summary>
    public Asked With(Seat changed) => With(seat => seat.Number == changed.Number ? changed : seat);

    /// <summary>Returns the same people with new links for those who have not responded: for one seat, or for all.</summary>
    public Asked Reissued(int? seat) => this is Anyone anyone
        ? anyone with { Generation = anyone.Generation + 1 }
        : With(one => one.Answer is null && (seat is null || one.Number == seat) ? one.Reissued() : one);

    /// <summary>Returns the same people with every seat changed.</summary>
    public Asked With(Func<Seat, Seat> change) => this switch
    {
        One one => one with { Seat = change(one.Seat) },
        Several several => several with { Seats = [.. several.Seats.Select(change)] },
        _ => this,
    };
}
