using System.Text.Json;

namespace HumanTasks.Bench.Reports;

/// <summary>The report, filled as the scenarios end. Fsync is the median of one, in milliseconds.</summary>
internal sealed record Report(Machine Machine, double Fsync)
{
    private static readonly JsonSerializerOptions Indented = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public StartFigures? Start { get; set; }

    public IReadOnlyList<LoadFigures> Cycles { get; set; } = [];

    public IReadOnlyList<LoadFigures> Bare { get; set; } = [];

    public IReadOnlyList<PendingFigures> Pending { get; set; } = [];

    public ListFigures? Lists { get; set; }

    public IReadOnlyList<RequestFigures> Reads { get; set; } = [];

    public ExpiryFigures? Expiry { get; set; }

    public RequestFigures? Page { get; set; }

    public IReadOnlyList<OthersFigures> Others { get; set; } = [];

    public int Errors { get; set; }

    public double? OfBare(LoadFigures cycles) =>
        Bare.FirstOrDefault(bare => bare.Clients == cycles.Clients) is { CyclesPerSecond: > 0 } bare
            ? cycles.CyclesPerSecond / bare.CyclesPerSecond
            : null;

    public string ToJson() => JsonSerializer.Serialize(this, Indented);
}
