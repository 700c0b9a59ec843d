namespace HumanTasks.Bench.Reports;

/// <summary>Runs, runs with a quick call, and answers, beside something slow; the host's peak of memory and its threads then.</summary>
internal sealed record OthersFigures(
    string Beside, RequestFigures Runs, RequestFigures Calls, RequestFigures Answers, long Peak, int Threads);
