using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>Unsaved rule sets with one action.</summary>
public static class AdHocRuleSet
{
    /// <summary>The name of the action of a run created from one request to a person.</summary>
    public const string Action = "ask";

    /// <summary>Returns the rule set that delivers a continuation to a webhook.</summary>
    internal static readonly RuleSet Webhook = new(
        RuleSetName.Webhook,
        0,
        [
            .. RuleSet.Load(RuleSetName.Webhook, 0, JsonElement.Parse(
                """{ "actions": [{ "type": "http", "name": "webhook", "method": "POST", "url": "{{url}}", "body": "{{payload}}", "saveAs": "answer" }] }"""))
                .Actions.Select(action => action is RuleAction.Http http ? http with { Delivers = true } : action),
        ]);

    /// <summary>Returns the rule set that notifies people that a task is closed.</summary>
    internal static readonly RuleSet Notices = new(RuleSetName.Notices, 0, [new RuleAction.Tell { Name = "tell" }]);

    /// <summary>
    /// Returns the rule set of a run created from one request to a person, rebuilt from its task. Members needed only
    /// to create the task are left out.
    /// </summary>
    internal static RuleSet Of(HumanTask task)
    {
        var request = new PersonRequest
        {
            Title = Template.Literal(task.Question.Title),
            Form = Form.Checked(task.Question.CurrentRound.Form),
            TimeZone = task.Question.TimeZone,
        };
        RuleAction action = task.Kind == TaskKind.HumanTask
            ? new RuleAction.HumanTask
            {
                Name = task.Action,
                Request = request,
                Routing = RoutingRequest.To(task.Asked.Names ?? ""),
                AllowReject = task.Rights.AllowReject,
                SaveAs = RuleAction.HumanTask.UsualKey(task.Action),
                Continuation = task.Continuation,
            }
            : new RuleAction.HumanIntervention
            {
                Name = task.Action,
                Request = request,
                Continuation = task.Continuation
                    ?? throw new InvalidOperationException($"The task {task.Id} of an intervention has no continuation."),
                MaxUses = task.Asked.Uses.Max,
                LinkContextKey = RuleAction.HumanIntervention.UsualKey(task.Action),
            };
        return new RuleSet(task.RuleSet, 0, [action]);
    }
}
