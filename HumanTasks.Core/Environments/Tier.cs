namespace HumanTasks.Core.Environments;

public enum Tier
{
    Free,
    Shared,
    Dedicated,
}
