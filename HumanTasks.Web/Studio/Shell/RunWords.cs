using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>The names of runs without a saved rule set.</summary>
public static class RunWords
{
    public static string Of(Run run) => run.Title ?? Of(run.RuleSet);

    public static string Of(string ruleSet) => ruleSet switch
    {
        RuleSetName.Task => StudioTexts.Get("AdHocTask"),
        RuleSetName.Intervention => StudioTexts.Get("AdHocIntervention"),
        RuleSetName.Webhook => StudioTexts.Get("WebhookDelivery"),
        RuleSetName.Notices => StudioAdminTexts.Get("OutcomeEmails"),
        _ => ruleSet,
    };
}
