using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Orchestration;

/// <summary>Turns happen in any process here: a watch only says when to look again, less and less often.</summary>
internal sealed class PollingWatch(TimeProvider time) : IRunWatch
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private TimeSpan pause = TimeSpan.FromMilliseconds(250);

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await Task.Delay(pause < atMost ? pause : atMost, time, cancellationToken);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    public void Dispose()
    {
    }
}
