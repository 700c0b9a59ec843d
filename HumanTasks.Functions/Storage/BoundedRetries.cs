using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Retries within a bounded time, because a caller waits: up to three times, after about 0.1, 0.2 and 0.4 seconds. It
/// stops when the first attempt began <see cref="Budget"/> ago or when the service asks for a longer pause.
/// </summary>
internal sealed class BoundedRetries(TimeProvider time) : RetryPolicy(
    maxRetries: 3,
    DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)))
{
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public static void Begin(HttpMessage message, TimeProvider time) =>
        message.SetProperty(typeof(BoundedRetries), time.GetTimestamp());

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        HasTime(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        HasTime(message) ? base.ShouldRetryAsync(message, exception) : ValueTask.FromResult(false);

    private bool HasTime(HttpMessage message) =>
        !(message.TryGetProperty(typeof(BoundedRetries), out var begun) && time.GetElapsedTime((long)begun!) >= Budget)
        && !(message.HasResponse && PauseOf(message.Response) > LongestPause);

    private static TimeSpan? PauseOf(Response response) =>
        response.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
