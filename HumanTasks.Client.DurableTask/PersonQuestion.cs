using Microsoft.DurableTask;

namespace HumanTasks.Client.DurableTask;

/// <summary>The assignee and the settings of a question.</summary>
public sealed record PersonQuestion
{
    /// <summary>
    /// The assignee's email address. A secure link is sent to it. If null, anyone with the link can respond; see <see
    /// cref="DeliverWith"/>.
    /// </summary>
    public string? Assignee { get; init; }

    /// <summary>The name of your activity that takes an <see cref="AskedPerson"/> and delivers its link.</summary>
    public TaskName? DeliverWith { get; init; }

    /// <summary>Markdown.</summary>
    public string? Description { get; init; }

    public string? SubmitLabel { get; init; }

    /// <summary>Whether the assignee can decline (<see cref="Outcome.Rejected"/>). Default true.</summary>
    public bool AllowReject { get; init; } = true;

    /// <summary>The time until the task expires. Default 7 days.</summary>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromDays(7);
}
