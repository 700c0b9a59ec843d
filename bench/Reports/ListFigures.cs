namespace HumanTasks.Bench.Reports;

/// <summary>Lists beside this many tasks. Deep is the page that so many others come before; the search index took so many seconds to follow.</summary>
internal sealed record ListFigures(
    int Tasks, int PagesBefore, double SecondsToFollow, IReadOnlyList<ListQueryFigures> Queries);

/// <summary>The first page and the deep one, where the list is as long.</summary>
internal sealed record ListQueryFigures(RequestFigures First, RequestFigures? Deep);
