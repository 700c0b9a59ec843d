using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

internal sealed partial class EngineHarness
{
    /// <summary>Hears nothing of a process that dies.</summary>
    private sealed class Mortal(EngineHarness harness) : IRunHost
    {
        public Task StartAsync(Run run, CancellationToken cancellationToken) => UnlessDead(host => host.StartAsync(run, default));

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken) =>
            UnlessDead(host => host.SignalAsync(runId, signal, default));

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
            UnlessDead(host => host.AdvancedAsync(runId, next, default));

        public IRunWatch Watch(string runId) => throw new NotSupportedException();

        private Task UnlessDead(Func<Hosted, Task> call) => harness.Dies ? Task.CompletedTask : call(harness.host);
    }

    private sealed class Hosted : IRunHost
    {
        private readonly Queue<(string RunId, Signal Signal)> woken = new();

        public Task StartAsync(Run run, CancellationToken cancellationToken) => SignalAsync(run.Id, Signal.Started, default);

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken)
        {
            lock (woken)
            {
                woken.Enqueue((runId, signal));
            }

            return Task.CompletedTask;
        }

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
            next.IsOver || next.WaitsUntil is not null ? Task.CompletedTask : SignalAsync(runId, Signal.Continue, default);

        public IRunWatch Watch(string runId) => throw new NotSupportedException();

        public bool TryTake(out string runId, out Signal signal)
        {
            lock (woken)
            {
                var taken = woken.TryDequeue(out var wake);
                (runId, signal) = wake;
                return taken;
            }
        }

        public void Clear()
        {
            lock (woken)
            {
                woken.Clear();
            }
        }
    }
}
