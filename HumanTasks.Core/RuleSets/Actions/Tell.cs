namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>
    /// Notifies people that a task is closed. Only the engine starts it; rule sets cannot contain it.
    /// </summary>
    public sealed record Tell : RuleAction
    {
        public override string Type => "tell";
    }
}
