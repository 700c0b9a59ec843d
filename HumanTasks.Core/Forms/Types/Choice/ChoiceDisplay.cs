namespace HumanTasks.Core.Forms;

public enum ChoiceDisplay
{
    Dropdown,
    Radio,
    Buttons,
}
