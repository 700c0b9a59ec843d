namespace HumanTasks.Bench.Reports;

/// <summary>Medians in milliseconds; resident bytes of the last start.</summary>
internal sealed record StartFigures(double NewFolder, double ExistingFolder, double Bare, long Resident);
