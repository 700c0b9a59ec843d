namespace HumanTasks.Bench.Reports;

/// <summary>
/// The figures of lists with this many tasks. Deep is a page after that many others; the search index took that many
/// seconds to catch up.
/// </summary>
internal sealed record ListFigures(
    int Tasks, int PagesBefore, double SecondsToFollow, IReadOnlyList<ListQueryFigures> Queries);

/// <summary>The figures of the first page and of the deep one, if the list is long enough.</summary>
internal sealed record ListQueryFigures(RequestFigures First, RequestFigures? Deep);
