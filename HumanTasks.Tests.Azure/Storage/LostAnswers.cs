using Azure.Core;
using Azure.Core.Pipeline;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>Loses answers where <see cref="Requests"/> says so; the client then repeats the request on its own.</summary>
internal sealed class LostAnswers(Requests requests) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (requests.LoseAnswerOf?.Invoke(Requests.Describe(message)) == true)
        {
            requests.LoseAnswerOf = null;
            throw new IOException("The line went dead.");
        }
    }
}
