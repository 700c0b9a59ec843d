namespace HumanTasks.Core.Ports;

public enum CreateResult
{
    Created,
    AlreadyExists,
    AllowanceExhausted,
}
