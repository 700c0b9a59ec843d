namespace HumanTasks.Bench.Reports;

/// <summary>
/// The processor time of threads with one name for each cycle, in milliseconds, in user code and in the kernel.
/// </summary>
internal sealed record ThreadTime(string Name, double User, double Kernel);
