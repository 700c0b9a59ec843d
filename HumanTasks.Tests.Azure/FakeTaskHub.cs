using Grpc.Core;
using HumanTasks.Core.Runs;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace HumanTasks.Tests.Functions;

/// <summary>A task hub in memory behind the SDK's client, which can lose what it was given.</summary>
internal sealed class FakeTaskHub
{
    private readonly Dictionary<string, FakeOrchestration> instances = [];
    private readonly Mock<DurableTaskClient> client = new(MockBehavior.Strict, "hub");
    private readonly TimeProvider time;

    public FakeTaskHub(TimeProvider time)
    {
        this.time = time;
        client.Setup(hub => hub.GetInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, CancellationToken _) => Find(id));
        client.Setup(hub => hub.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(),
                It.IsAny<object?>(),
                It.IsAny<StartOrchestrationOptions?>(),
                It.IsAny<CancellationToken>()))
            .ReturnsAsync((TaskName _, object? input, StartOrchestrationOptions? options, CancellationToken _) =>
                Schedule(options!.InstanceId!, (Turn)input!));
        client.Setup(hub => hub.RaiseEventAsync(
                It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Returns((string id, string _, object? _, CancellationToken _) => Raise(id));
    }

    public DurableTaskClient Client => client.Object;

    /// <summary>What the activity does.</summary>
    public required Func<Turn, Next> Advance { get; set; }

    public bool LosesEvents { get; set; }

    public bool LosesStarts { get; set; }

    public int Starts { get; private set; }

    public FakeOrchestration this[string id] => instances[id];

    public OrchestrationRuntimeStatus StatusOf(string id) => Find(id)!.RuntimeStatus;

    /// <summary>Lets timers fire up to the clock's time.</summary>
    public void Settle()
    {
        foreach (var id in instances.Keys.ToList())
        {
            instances[id].WaitUntil(time.GetUtcNow());
            Continue(id);
        }
    }

    private OrchestrationMetadata? Find(string id) => instances.TryGetValue(id, out var instance)
        ? new OrchestrationMetadata("RunOrchestration", id)
        {
            RuntimeStatus = instance.Running.IsFaulted ? OrchestrationRuntimeStatus.Failed
                : instance.Running.IsCompleted ? OrchestrationRuntimeStatus.Completed
                : OrchestrationRuntimeStatus.Running,
        }
        : null;

    private string Schedule(string id, Turn input)
    {
        if (!LosesStarts)
        {
            Starts++;
            instances[id] = new FakeOrchestration(input, time.GetUtcNow(), turn => Advance(turn)).Begin();
            Continue(id);
        }

        return id;
    }

    private Task Raise(string id)
    {
        if (!instances.TryGetValue(id, out var instance))
        {
            throw new RpcException(new Status(StatusCode.NotFound, id));
        }

        if (instance.Running.IsCompleted)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, id));
        }

        if (!LosesEvents)
        {
            instance.Raise();
            Continue(id);
        }

        return Task.CompletedTask;
    }

    private void Continue(string id)
    {
        while (instances[id] is { Running.IsCompletedSuccessfully: true, ContinuedAs: { } next } last)
        {
            var following = new FakeOrchestration(next, time.GetUtcNow(), turn => Advance(turn));
            instances[id] = following.Begin(last.Unprocessed);
        }
    }
}
