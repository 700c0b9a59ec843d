namespace HumanTasks.Core.Ports;

public enum TaskSort
{
    NewestFirst,
    OldestFirst,
    ExpiresFirst,
    DueFirst,
}
