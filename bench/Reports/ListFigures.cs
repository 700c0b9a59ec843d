namespace HumanTasks.Bench.Reports;

/// <summary>Lists beside this many tasks. Deep is the page that so many others come before.</summary>
internal sealed record ListFigures(int Tasks, int PagesBefore, IReadOnlyList<(RequestFigures First, RequestFigures? Deep)> Queries);
