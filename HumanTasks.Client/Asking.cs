using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace HumanTasks.Client;

public sealed partial class HumanTasksClient
{
    /// <summary>
    /// Asks an assignee by a form that is made from the properties of a type, and waits for the answer. The same
    /// <see cref="Question.IdempotencyKey"/> asks once, so a caller that was restarted goes on waiting for the same task.
    /// </summary>
    /// <typeparam name="T">
    /// A record, or a class with a constructor whose parameters are its properties, or with a constructor without any and
    /// settable properties. Attributes of System.ComponentModel.DataAnnotations name labels and limits; enums are choices.
    /// </typeparam>
    /// <param name="title">What is asked.</param>
    /// <param name="question">Whom, for how long, and what is shown.</param>
    /// <param name="cancellationToken">Stops waiting; the task stays.</param>
    /// <returns>The typed answer, or why there is none.</returns>
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

    /// <summary>The typed answer of a task that was asked with <see cref="AskAsync"/>.</summary>
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

/// <summary>Whom to ask, and how.</summary>
public sealed record Question
{
    /// <summary>An e-mail address, which is mailed the link, or a name.</summary>
    public required string Assignee { get; init; }

    /// <summary>Markdown, with templates over <see cref="Context"/>.</summary>
    public string? Description { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>What of the context the person sees.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    public string? SubmitLabel { get; init; }

    public TimeSpan? DueIn { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether the person may decline, which is <see cref="Outcome.Rejected"/>. Default true.</summary>
    public bool AllowReject { get; init; } = true;

    /// <summary>Whether the assignee is mailed. Default true.</summary>
    public bool? Notify { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>How long to wait; as long as it takes without it. An answer may still come afterwards.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>The same key asks once within a day.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Told of the task as soon as there is one.</summary>
    public Action<Asked>? OnAsked { get; init; }
}

/// <summary>What became of a question.</summary>
public enum Outcome
{
    /// <summary>Nobody answered yet.</summary>
    Pending,

    Answered,

    /// <summary>The person declined.</summary>
    Rejected,

    Expired,

    Cancelled,
}

/// <summary>A typed answer, or why there is none.</summary>
/// <param name="Outcome">What became of the question.</param>
/// <param name="Task">The task as it was read.</param>
public sealed record Answer<T>(Outcome Outcome, HumanTask Task)
{
    /// <summary>The answer; default unless <see cref="Outcome"/> is <see cref="Outcome.Answered"/>.</summary>
    public T? Value { get; init; }

    public string? By { get; init; }

    /// <summary>How that is known: link, code, session or apiKey.</summary>
    public string? Verified { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>Of a rejection or cancellation.</summary>
    public string? Reason { get; init; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsAnswered => Outcome == Outcome.Answered;
}
