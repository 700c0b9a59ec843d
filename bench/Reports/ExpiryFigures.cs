namespace HumanTasks.Bench.Reports;

/// <summary>The figures of links that expired within some seconds while clients worked.</summary>
internal sealed record ExpiryFigures(int Links, double Seconds, LoadFigures Cycles);
