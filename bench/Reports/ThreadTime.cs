namespace HumanTasks.Bench.Reports;

/// <summary>What threads of one name took of the processor for each cycle, in milliseconds, in user code and in the kernel.</summary>
internal sealed record ThreadTime(string Name, double User, double Kernel);
