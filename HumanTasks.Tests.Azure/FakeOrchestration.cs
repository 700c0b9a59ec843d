#nullable disable // the base type's annotations differ between versions of the SDK
using System.Text.Json;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Orchestration;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Functions;

/// <summary>
/// One generation of an orchestration, run step by step on the test's thread: events go to the latest wait that still
/// stands in line, even a cancelled one, and else into a buffer, as in the SDK. Inputs and results go through JSON.
/// </summary>
internal sealed class FakeOrchestration(Turn input, DateTimeOffset start, Func<Turn, Next> advance)
    : TaskOrchestrationContext
{
    private readonly Stack<TaskCompletionSource<object>> waits = [];
    private readonly Queue<object> buffer = [];
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = start;

    public Task Running { get; private set; } = Task.CompletedTask;

    public List<Turn> Turns { get; } = [];

    public List<TaskOptions> Options { get; } = [];

    public IReadOnlyList<FakeTimer> Timers => timers;

    public object CustomStatus { get; private set; }

    public Turn ContinuedAs { get; private set; }

    public bool PreservesEvents { get; private set; }

    public int WaitsOpen => waits.Count;

    public IReadOnlyCollection<object> Unprocessed => buffer;

    public override TaskName Name => nameof(RunOrchestration);

    public override string InstanceId => input.RunId;

    public override ParentOrchestrationInstance Parent => null;

    public override DateTime CurrentUtcDateTime => now.UtcDateTime;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

    public FakeOrchestration Begin(IEnumerable<object> events = null)
    {
        foreach (var carried in events ?? [])
        {
            buffer.Enqueue(carried);
        }

        Step(() => Running = RunOrchestration.RunAsync(this));
        return this;
    }

    /// <summary>An external event arrives.</summary>
    public void Raise() => Step(() =>
    {
        if (waits.TryPop(out var wait))
        {
            wait.TrySetResult("");
        }
        else
        {
            buffer.Enqueue("");
        }
    });

    /// <summary>Time goes by; timers that are due then fire.</summary>
    public void WaitUntil(DateTimeOffset moment) => Step(() =>
    {
        while (timers.Where(timer => timer.IsOpen && timer.FireAt <= moment.UtcDateTime).MinBy(timer => timer.FireAt)
            is { } due)
        {
            now = due.FireAt > now.UtcDateTime ? due.FireAt : now;
            due.Fire();
        }

        now = moment > now ? moment : now;
    });

    public override T GetInput<T>() => ThroughJson((T)(object)input);

    public override Task<TResult> CallActivityAsync<TResult>(
        TaskName name, object input = null, TaskOptions options = null)
    {
        Assert.Equal(nameof(Advance), name.Name);
        Options.Add(options);
        var turn = ThroughJson((Turn)input);
        Turns.Add(turn);
        return Task.FromResult((TResult)(object)ThroughJson(advance(turn)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Assert.Equal(DateTimeKind.Utc, fireAt.Kind);
        var timer = new FakeTimer(fireAt, cancellationToken);
        timers.Add(timer);
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Assert.Equal("HumanResponse", eventName);
        if (buffer.TryDequeue(out var early))
        {
            return Task.FromResult((T)early);
        }

        var wait = new TaskCompletionSource<object>();
        cancellationToken.Register(() => wait.TrySetCanceled(cancellationToken));
        waits.Push(wait);
        return ResultAsync();

        async Task<T> ResultAsync() => (T)await wait.Task;
    }

    public override void SetCustomStatus(object customStatus) => CustomStatus = customStatus;

    public override void ContinueAsNew(object newInput = null, bool preserveUnprocessedEvents = true)
    {
        ContinuedAs = ThroughJson((Turn)newInput);
        PreservesEvents = preserveUnprocessedEvents;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object input = null, TaskOptions options = null) =>
        throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private static T ThroughJson<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize((object)value));

    // without a context to post to, an await goes on inside the call that completes it
    private static void Step(Action step)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            step();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}

internal sealed class FakeTimer
{
    private readonly TaskCompletionSource fired = new();

    public FakeTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        FireAt = fireAt;
        cancellationToken.Register(() => fired.TrySetCanceled(cancellationToken));
    }

    public DateTime FireAt { get; }

    public Task Task => fired.Task;

    public bool IsOpen => !fired.Task.IsCompleted;

    public bool IsCancelled => fired.Task.IsCanceled;

    public void Fire() => fired.TrySetResult();
}
