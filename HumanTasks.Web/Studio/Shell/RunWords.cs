using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>What runs are called that no saved rule set made.</summary>
public static class RunWords
{
    public static string Of(string ruleSet) => ruleSet switch
    {
        RuleSetName.Task => "A single task",
        RuleSetName.Intervention => "A single question",
        RuleSetName.Webhook => "A call of a webhook",
        _ => ruleSet,
    };
}
