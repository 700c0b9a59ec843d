using Azure.Core;
using Azure.Core.Pipeline;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>What was asked of the table service; can let requests fail before they are sent.</summary>
internal sealed class Requests : HttpPipelinePolicy
{
    private readonly Lock gate = new();
    private readonly List<string> sent = [];

    /// <summary>Chooses requests, as <c>METHOD path</c>, that never reach the service.</summary>
    public Func<string, bool>? Fail { get; set; }

    /// <summary>Chooses the request, among those yet to come, whose answer gets lost once.</summary>
    public Func<string, bool>? LoseAnswerOf { get; set; }

    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (gate)
            {
                return [.. sent];
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            sent.Clear();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Note(HttpMessage message)
    {
        var request = Describe(message);
        if (Fail?.Invoke(request) == true)
        {
            throw new Azure.RequestFailedException(503, "The test cuts the wire.");
        }

        lock (gate)
        {
            sent.Add(request);
        }
    }

    /// <summary>Method and address, and the body of a transaction.</summary>
    public static string Describe(HttpMessage message)
    {
        var request = $"{message.Request.Method} {message.Request.Uri.ToUri().PathAndQuery}";
        if (!message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            return request;
        }

        using var body = new MemoryStream();
        message.Request.Content!.WriteTo(body, CancellationToken.None);
        return $"{request}\n{System.Text.Encoding.UTF8.GetString(body.ToArray())}";
    }
}
