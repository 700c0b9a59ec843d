namespace HumanTasks.Bench.Reports;

/// <summary>
/// The medians in milliseconds to the first response, and to the first create with an existing folder. Run is `dotnet
/// run` of a built checkout, if there is one. The resident bytes are those of the last start.
/// </summary>
internal sealed record StartFigures(
    double NewFolder, double ExistingFolder, double FirstCreate, double? Run, double Bare, long Resident);
