namespace HumanTasks.Tests.Crash;

internal enum CaseKind
{
    Intervention,
    Task,
    RuleSet,
}
