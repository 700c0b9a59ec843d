namespace HumanTasks.Core.Forms;

/// <summary>What JSON the answers to a field are.</summary>
internal enum AnswerShape
{
    Text,
    Number,
    Truth,
    List,
    Object,
}
