using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>The actions without external effects. They run in a single turn.</summary>
internal static class CheapActions
{
    public static ActionOutcome Set(TurnDraft draft, RuleAction.Set action)
    {
        var scope = draft.Scope();
        var values = action.Values.Select(value => (value.Key, Value: value.Value.Render(scope))).ToArray();
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        foreach (var (key, template) in action.Values)
        {
            draft.Secrets.Copied(key, template, draft.Context);
        }

        foreach (var (key, value) in values)
        {
            key.Put(draft.Context, value);
        }

        draft.Log(RunEvent.ActionCompleted);
        draft.GoOn();
        return ActionOutcome.Done;
    }

    public static ActionOutcome When(TurnDraft draft, RuleAction.When action)
    {
        var holds = action.If.Holds(draft.Context);
        draft.Log(RunEvent.ConditionEvaluated, holds ? "then" : "else");
        draft.GoTo(holds ? draft.Position + 1 : action.Otherwise);
        return ActionOutcome.Done;
    }

    public static ActionOutcome Jump(TurnDraft draft, RuleAction.Jump action)
    {
        draft.GoTo(action.To);
        return ActionOutcome.Done;
    }

    public static ActionOutcome End(TurnDraft draft, RuleAction.End action)
    {
        var scope = draft.Scope();
        var output = action.Output?.Render(scope);
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        if (action.Output is { } told)
        {
            draft.Secrets.CopiedToOutput(told, draft.Context);
        }

        switch (action.Status)
        {
            case EndStatus.Completed:
                draft.Log(RunEvent.Completed);
                draft.Become(new RunState.Completed(output));
                break;
            case EndStatus.Cancelled:
                draft.Log(RunEvent.Cancelled, "The rule set ended the run.");
                draft.Become(new RunState.Cancelled(ActionOutcome.Cut(Expressions.JsonValues.Format(output))));
                break;
            default:
                var message = output is null ? "The rule set ended the run as failed." : ActionOutcome.Cut(Expressions.JsonValues.Format(output));
                draft.Log(RunEvent.Failed, message);
                draft.Become(new RunState.Failed(new RunError(action.Name, message, 1)));
                break;
        }

        return ActionOutcome.Done;
    }
}
