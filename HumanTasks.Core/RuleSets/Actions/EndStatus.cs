namespace HumanTasks.Core.RuleSets;

public enum EndStatus
{
    Completed,
    Failed,
    Cancelled,
}
