namespace HumanTasks.Core.RuleSets;

public abstract partial record RuleAction
{
    /// <summary>Tells people of a task that is over. No rule set can have it: the engine starts it.</summary>
    public sealed record Tell : RuleAction
    {
        public override string Type => "tell";
    }
}
