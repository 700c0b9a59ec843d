using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Runs;

public sealed class ForgingStateOnSqlite : ForgingState
{
    private protected override Task<(EngineHarness Harness, IRunStore Store)> OpenAsync()
    {
        var harness = new EngineHarness();
        return Task.FromResult((harness, (IRunStore)harness.Store));
    }
}
