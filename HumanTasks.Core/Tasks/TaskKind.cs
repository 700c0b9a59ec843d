namespace HumanTasks.Core.Tasks;

public enum TaskKind
{
    HumanTask,
    HumanIntervention,
}
