using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace HumanTasks.Client;

public sealed partial class HumanTasksClient
{
    /// <summary>
    /// Creates a task for an assignee with a form generated from the properties of a type, and waits for the response.
    /// Calls with the same <see cref="Question.IdempotencyKey"/> create one task, so a restarted caller resumes its wait.
    /// </summary>
    /// <typeparam name="T">
    /// A record, a class with a constructor whose parameters match its properties, or a class with a parameterless
    /// constructor and settable properties. Attributes of System.ComponentModel.DataAnnotations set labels and limits.
    /// Enums become choices.
    /// </typeparam>
    /// <param name="title">The title of the task.</param>
    /// <param name="question">The assignee, the deadlines and the content of the task.</param>
    /// <param name="cancellationToken">Stops waiting. The task stays open.</param>
    /// <returns>The typed response, or the reason why there is none.</returns>
    public async Task<Answer<T>> AskAsync<
        [DynamicallyAccessedMembers(TypedForm.Needs)] T>(
        string title, Question question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var asked = await CreateTaskAsync(
            new NewTask
            {
                Title = title,
                Description = question.Description,
                Form = TypedForm.Of(typeof(T), question.SubmitLabel),
                Assignee = question.Assignee,
                Context = question.Context,
                Show = question.Show,
                DueInHours = question.DueIn?.TotalHours,
                ExpiresInHours = question.ExpiresIn?.TotalHours,
                AllowReject = question.AllowReject,
                Notify = question.Notify,
                CorrelationId = question.CorrelationId,
            },
            question.IdempotencyKey,
            cancellationToken).ConfigureAwait(false);
        question.OnAsked?.Invoke(asked);
        return AnswerOf<T>(await WaitForTaskAsync(asked.TaskId, question.Patience, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the typed response of a task that <see cref="AskAsync"/> created.</summary>
    public static Answer<T> AnswerOf<[DynamicallyAccessedMembers(TypedForm.Needs)] T>(HumanTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var response = task.Responses.Count > 0 ? task.Responses[^1] : null;
        var outcome = task.Status switch
        {
            "completed" => Outcome.Answered,
            "rejected" => Outcome.Rejected,
            "expired" => Outcome.Expired,
            "cancelled" => Outcome.Cancelled,
            _ => Outcome.Pending,
        };
        return new Answer<T>(outcome, task)
        {
            Value = outcome == Outcome.Answered && response is not null ? (T)TypedForm.Read(typeof(T), response.Values) : default,
            By = response?.By,
            Verified = response?.Verified,
            At = response?.At,
            Reason = response?.Reason ?? task.StatusReason,
        };
    }
}

/// <summary>The assignee and the settings of a question.</summary>
public sealed record Question
{
    /// <summary>The assignee's email address. The link is sent to it.</summary>
    public required string Assignee { get; init; }

    /// <summary>Markdown. Templates in it read <see cref="Context"/>.</summary>
    public string? Description { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>The context paths that the page shows.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    public string? SubmitLabel { get; init; }

    public TimeSpan? DueIn { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether the assignee can decline (<see cref="Outcome.Rejected"/>). Default true.</summary>
    public bool AllowReject { get; init; } = true;

    /// <summary>Whether the assignee gets emails about the task. Default true.</summary>
    public bool? Notify { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The longest wait; null waits without a limit. The task can still be answered afterwards.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Calls with the same key within 24 hours create one task.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Called when the task has been created.</summary>
    public Action<Asked>? OnAsked { get; init; }
}

/// <summary>The outcome of a question.</summary>
public enum Outcome
{
    /// <summary>No response yet.</summary>
    Pending,

    Answered,

    /// <summary>The assignee declined.</summary>
    Rejected,

    Expired,

    Cancelled,
}

/// <summary>A typed response, or the reason why there is none.</summary>
/// <param name="Outcome">The outcome of the question.</param>
/// <param name="Task">The task at the time it was read.</param>
public sealed record Answer<T>(Outcome Outcome, HumanTask Task)
{
    /// <summary>The response; default unless <see cref="Outcome"/> is <see cref="Outcome.Answered"/>.</summary>
    public T? Value { get; init; }

    public string? By { get; init; }

    /// <summary>How <see cref="By"/> was verified: link, code, session or apiKey.</summary>
    public string? Verified { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The reason for a rejection or cancellation.</summary>
    public string? Reason { get; init; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsAnswered => Outcome == Outcome.Answered;
}
