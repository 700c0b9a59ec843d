using HumanTasks.Core.Engine.Turns;

namespace HumanTasks.Web.LanguageModels;

/// <summary>
/// The connections to model providers. Every attempt at a call carries the same ID, and the size of responses is
/// limited.
/// </summary>
internal sealed class ModelTransport : IDisposable
{
    /// <summary>The maximum size of a response, in bytes.</summary>
    public const int MaxAnswerBytes = 4 << 20;

    public HttpClient Client { get; } = new(new Bounds { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) } })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each call has its own timeout
    };

    /// <summary>The ID of the call in the current async flow.</summary>
    public static AsyncLocal<string?> RequestId { get; } = new();

    public void Dispose() => Client.Dispose();

    private sealed class Bounds : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (RequestId.Value is { } id)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
                request.Headers.TryAddWithoutValidation("X-Client-Request-Id", id);
            }

            Telemetry.Calls(request.RequestUri!.Host, request.Method.Method);
            var response = await base.SendAsync(request, cancellationToken);
            Telemetry.Answered((int)response.StatusCode);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            return response;
        }
    }
}
