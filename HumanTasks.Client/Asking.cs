using System.Diagnostics.CodeAnalysis;

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
