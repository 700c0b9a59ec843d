using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;

namespace HumanTasks.Client.DurableTask;

/// <summary>Extension methods to ask a person from an orchestration.</summary>
public static class PersonOrchestration
{
    /// <summary>
    /// The retries of the two activities: 10 attempts within about 4 minutes. Then the orchestration fails as for any
    /// activity.
    /// </summary>
    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));

    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromHours(6);

    /// <summary>
    /// Asks a person with a form generated from the properties of a type, and waits until the person responds or declines,
    /// or the task expires. The call is safe to replay: all effects run in activities, under an idempotency key derived from
    /// the orchestration. The webhook only wakes the orchestration, which then reads the task. The orchestration also polls
    /// the task (after 5 minutes, then at increasing intervals up to 6 hours), so a lost webhook doesn't lose a response.
    /// </summary>
    /// <typeparam name="T">A type with the same rules as for <see cref="HumanTasksClient.AskAsync"/>.</typeparam>
    /// <param name="context">The context of the orchestration.</param>
    /// <param name="title">The title of the task.</param>
    /// <param name="question">The assignee, the deadline and the content of the task.</param>
    public static async Task<PersonAnswer<T>> AskPersonAsync<[DynamicallyAccessedMembers(TypedForm.Needs)] T>(
        this TaskOrchestrationContext context, string title, PersonQuestion question)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        var key = context.NewGuid().ToString("N");
        var wakeUp = $"HumanTasks.{key}";
        var woken = context.WaitForExternalEvent<string>(wakeUp);
        var asked = await context.CallActivityAsync<AskedPerson>(
            PersonFunctions.Ask,
            new QuestionToAsk(
                title,
                question.Description,
                TypedForm.Of(typeof(T), question.SubmitLabel).ToJsonString(),
                question.Assignee,
                question.ExpiresIn,
                context.InstanceId,
                wakeUp,
                key,
                question.AllowReject),
            Patiently);
        if (question.DeliverWith is { } deliver)
        {
            await context.CallActivityAsync<object?>(deliver, asked, Patiently);
        }

        var look = await WaitAsync(context, asked, woken, context.CurrentUtcDateTime + question.ExpiresIn);
        var outcome = look.Status switch
        {
            "completed" => Outcome.Answered,
            "rejected" => Outcome.Rejected,
            "cancelled" => Outcome.Cancelled,
            _ => Outcome.Expired,
        };
        return new PersonAnswer<T>(outcome, asked.TaskId)
        {
            Value = outcome == Outcome.Answered ? (T)TypedForm.Read(typeof(T), JsonNode.Parse(look.Values!)!.AsObject()) : default,
            By = look.By,
            Verified = look.Verified,
            At = look.At,
            Reason = look.Reason,
        };
    }

    private static async Task<Look> WaitAsync(TaskOrchestrationContext context, AskedPerson asked, Task woken, DateTime expiresAt)
    {
        for (var pause = FirstLook; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            using var stop = new CancellationTokenSource();
            var next = context.CurrentUtcDateTime + pause;
            var timer = context.CreateTimer(next < expiresAt ? next : expiresAt, stop.Token);
            await Task.WhenAny(woken, timer);
            if (!timer.IsCompleted)
            {
                Stop(stop);
            }

            var look = await context.CallActivityAsync<Look>(PersonFunctions.LookAt, asked.TaskId, Patiently);
            if (look.Status != "pending" || context.CurrentUtcDateTime >= expiresAt)
            {
                return look;
            }

            if (woken.IsCompleted)
            {
                woken = new TaskCompletionSource().Task; // the event was for another task, or came before the response could be read: only the timers remain
            }
        }
    }

    // not CancelAsync, because an orchestrator must stay on its thread
    private static void Stop(CancellationTokenSource timer) => timer.Cancel();
}
