using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Orchestration;

/// <summary>A watch that polls, less and less often, because turns may happen in any process.</summary>
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
