using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Stored;

/// <summary>The stored seats of a task for several people.</summary>
public sealed record StoredRouting
{
    public required int Need { get; init; }

    public bool Veto { get; init; }

    public bool Candidates { get; init; }

    public int? ClaimedBy { get; init; }

    public required IReadOnlyList<Seat> Seats { get; init; }

    internal static StoredRouting Of(Asked.Several several) => new()
    {
        Need = several.Need,
        Veto = several.Veto,
        Candidates = several.Candidates,
        ClaimedBy = several.ClaimedBy,
        Seats = several.Seats,
    };

    internal Asked.Several Read(Uses uses) => new(Seats, Need, uses) { Veto = Veto, Candidates = Candidates, ClaimedBy = ClaimedBy };
}
