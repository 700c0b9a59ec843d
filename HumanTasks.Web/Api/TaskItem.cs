using System.Text.Json.Serialization;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A human task in a list.</summary>
public sealed record TaskItem(
    string Id,
    string RunId,
    string Kind,
    string RuleSet,
    string Action,
    string Title,
    string Status,
    string? StatusReason,
    string? Assignee,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset ExpiresAt,
    int MaxUses,
    int UsesLeft,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClaimedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Defaulted)
{
    /// <summary>The failure to email an assignee; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MailAnswer? Mail { get; init; }

    public static TaskItem Of(HumanTask task) => new(
        task.Id,
        task.RunId,
        WireNames.Of(task.Kind),
        task.RuleSet,
        task.Action,
        task.Question.Title,
        WireNames.Of(task.State.Status),
        WireNames.ReasonOf(task.State),
        task.Asked.Names,
        task.CorrelationId,
        task.History.CreatedAt,
        task.History.UpdatedAt,
        task.Schedule.DueAt,
        task.Schedule.ExpiresAt,
        task.Asked.Uses.Max,
        TaskView.Of(task).UsesLeft,
        (task.Asked as Asked.Several)?.Claimed?.Assignee,
        task.State.IsDefaulted)
    {
        Mail = MailAnswer.Of(task),
    };
}
