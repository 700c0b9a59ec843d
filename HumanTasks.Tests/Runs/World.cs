using System.Net;

namespace HumanTasks.Tests.Runs;

/// <summary>The web outside: answers what the test says.</summary>
internal sealed class World : HttpMessageHandler
{
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NoContent);

    public List<(string Url, string? Body, string? Key)> Calls { get; } = [];

    /// <summary>What came as a webhook.</summary>
    public List<Hook> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        if (request.Headers.TryGetValues("webhook-id", out var ids))
        {
            string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
            Requests.Add(new Hook(ids.Single(), Header("webhook-timestamp")!, Header("webhook-signature"), body!));
        }

        lock (Calls)
        {
            Calls.Add((
                request.RequestUri!.ToString(),
                body,
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
        }

        return Answer(request);
    }
}
