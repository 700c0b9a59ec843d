using System.Text.Json;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Makes the task of an action, of an agent and of a preview: open, in its first round, at the first version.</summary>
/// <param name="RunId">The run that asks.</param>
/// <param name="Environment">The environment of the run.</param>
/// <param name="RuleSet">The rule set that the run executes.</param>
/// <param name="CorrelationId">The correlation ID of the run.</param>
/// <param name="Now">The time at which the task is made.</param>
internal sealed record NewTask(string RunId, string Environment, string RuleSet, string CorrelationId, DateTimeOffset Now)
{
    public int RuleSetVersion { get; init; }

    public string? ReceiptHead { get; init; }

    public ChainEnd? ReceiptEnd { get; init; }

    /// <summary>Returns what a turn makes tasks from.</summary>
    public static NewTask In(TurnDraft draft) =>
        new(draft.Run.Id, draft.Run.Environment, draft.Run.RuleSet, draft.Run.CorrelationId, draft.Now)
        {
            RuleSetVersion = draft.RuleSet.Version,
            ReceiptHead = draft.ReceiptHead,
            ReceiptEnd = draft.ReceiptEnd,
        };

    /// <summary>Returns the task with what every task has.</summary>
    /// <param name="action">The name of the action, and of the task within its run.</param>
    /// <param name="kind">Whether it is for an assignee or for anyone with the link.</param>
    /// <param name="title">The title.</param>
    /// <param name="form">The form with resolved templates.</param>
    /// <param name="asked">The people who may respond.</param>
    /// <param name="schedule">When it is due and too late.</param>
    public HumanTask Make(
        string action, TaskKind kind, string title, JsonElement form, Asked asked, Schedule schedule) => new()
        {
            Id = HumanTask.IdOf(RunId, action),
            RunId = RunId,
            Environment = Environment,
            RuleSet = RuleSet,
            RuleSetVersion = RuleSetVersion,
            Action = action,
            Kind = kind,
            CorrelationId = CorrelationId,
            Question = new Question { Title = title, Rounds = [new TaskRound(1, Now, form)] },
            Asked = asked,
            Schedule = schedule,
            State = new TaskState.Pending(),
            History = History.Begin(Now) with { ReceiptHead = ReceiptHead, ReceiptEnd = ReceiptEnd },
        };
}
