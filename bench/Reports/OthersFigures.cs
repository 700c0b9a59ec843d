namespace HumanTasks.Bench.Reports;

/// <summary>
/// The figures of runs, runs with a quick call, and responses, beside something slow, with the host's peak of memory
/// and its threads.
/// </summary>
internal sealed record OthersFigures(
    string Beside, RequestFigures Runs, RequestFigures Calls, RequestFigures Answers, long Peak, int Threads);
