namespace HumanTasks.Core.Forms;

public enum MomentKind
{
    Date,
    Time,
    DateTime,
}
