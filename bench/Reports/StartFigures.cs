namespace HumanTasks.Bench.Reports;

/// <summary>
/// Medians in milliseconds to the first answer, and to the first create with an existing folder; Run is `dotnet run` of a
/// built checkout, where there is one. Resident bytes of the last start.
/// </summary>
internal sealed record StartFigures(
    double NewFolder, double ExistingFolder, double FirstCreate, double? Run, double Bare, long Resident);
