using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;

namespace HumanTasks.Client.DurableTask;

/// <summary>Asks a person in the middle of an orchestration.</summary>
public static class PersonOrchestration
{
    /// <summary>Retries of the two activities: about four minutes, then the orchestration fails as for any activity.</summary>
    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));

    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromHours(6);

    /// <summary>
    /// Asks by a form that is made from the properties of a type, and waits until the person answers, declines, or the time is
    /// over. Safe to replay: everything outside happens in activities, under an idempotency key that follows from the
    /// orchestration. The answer's webhook only wakes the orchestration; what it then goes by is the task itself, which it also
    /// looks at now and then, so that a webhook that never came is no answer lost.
    /// </summary>
    /// <typeparam name="T">As for <see cref="HumanTasksClient.AskAsync"/>.</typeparam>
    /// <param name="context">The orchestration's.</param>
    /// <param name="title">What is asked.</param>
    /// <param name="question">Whom, for how long, and what is shown.</param>
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
                woken = new TaskCompletionSource().Task; // it was somebody else's, or came before its answer could be read: timers go on
            }
        }
    }

    // not CancelAsync: an orchestrator never leaves its thread
    private static void Stop(CancellationTokenSource timer) => timer.Cancel();
}

/// <summary>Whom to ask, and how.</summary>
public sealed record PersonQuestion
{
    /// <summary>An e-mail address, which is mailed an isolated link. Without it, whoever has the link answers; see <see cref="DeliverWith"/>.</summary>
    public string? Assignee { get; init; }

    /// <summary>The name of an activity of yours that takes an <see cref="AskedPerson"/> and brings its link to somebody.</summary>
    public TaskName? DeliverWith { get; init; }

    /// <summary>Markdown.</summary>
    public string? Description { get; init; }

    public string? SubmitLabel { get; init; }

    /// <summary>Whether an assignee may decline, which is <see cref="Outcome.Rejected"/>. Default true.</summary>
    public bool AllowReject { get; init; } = true;

    /// <summary>When an answer is too late. Default seven days.</summary>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>What became of a question.</summary>
/// <param name="Outcome">Answered, rejected, expired or cancelled.</param>
/// <param name="TaskId">The human task.</param>
public sealed record PersonAnswer<T>(Outcome Outcome, string TaskId)
{
    /// <summary>Default unless the person answered.</summary>
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

/// <summary>A question on its way to the activity that asks it. Plain, because it crosses the boundary of an orchestration.</summary>
public sealed record QuestionToAsk(
    string Title,
    string? Description,
    string Form,
    string? Assignee,
    TimeSpan ExpiresIn,
    string InstanceId,
    string WakeUp,
    string Key,
    bool AllowReject = true);

/// <summary>A person was asked.</summary>
/// <param name="TaskId">The human task.</param>
/// <param name="Link">Where to answer: a capability, so keep it out of logs.</param>
public sealed record AskedPerson(string TaskId, string Link);

/// <summary>How a task stands, plainly.</summary>
public sealed record Look(
    string Status, string? Values, string? By, string? Verified, DateTimeOffset? At, string? Reason);
