using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The pipeline policy that turns a refusal of the storage account into a <see cref="StorageUnavailableException"/>. It
/// is outside the client's retries, so it sees the final result.
/// </summary>
/// <remarks>
/// Refusals are 401, 403, 408, 429 and 5xx, timeouts, broken connections and a failure to get a token. Conflicts (404,
/// 409, 412) and cancellation by the caller pass through.
/// </remarks>
internal sealed partial class RefusalPolicy(StorageRefusals refusals, TimeProvider time) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        BoundedRetries.Begin(message, time);
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception fault) when (IsRefusal(fault, message))
        {
            throw refusals.Refused(ReasonOf(fault), fault);
        }

        ThrowIfRefused(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        BoundedRetries.Begin(message, time);
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception fault) when (IsRefusal(fault, message))
        {
            throw refusals.Refused(ReasonOf(fault), fault);
        }

        ThrowIfRefused(message);
    }

    private void ThrowIfRefused(HttpMessage message)
    {
        if (!message.HasResponse)
        {
            return;
        }

        var response = message.Response;
        if (IsRefusal(response.Status))
        {
            throw refusals.Refused($"{response.Status} {CodeOf(response)}".TrimEnd(), new RequestFailedException(response));
        }

        // a transaction's own status is inside the response; the outer one is always 202
        if (IsTransaction(message) && response.ContentStream is { CanSeek: true }
            && InnerStatus().Match(response.Content.ToString()) is { Success: true } inner)
        {
            throw refusals.Refused($"{inner.Groups["status"].Value} within a transaction", null);
        }
    }

    private static bool IsTransaction(HttpMessage message) =>
        message.Request.Method == RequestMethod.Post
        && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);

    private static bool IsRefusal(int status) => status is 401 or 403 or 408 or 429 or >= 500;

    private static bool IsRefusal(Exception fault, HttpMessage message) =>
        !message.CancellationToken.IsCancellationRequested && IsRefusal(fault);

    private static bool IsRefusal(Exception fault) => fault switch
    {
        AggregateException several => several.InnerExceptions.All(IsRefusal),
        RequestFailedException failure => failure.Status == 0 || IsRefusal(failure.Status),
        OperationCanceledException or IOException or HttpRequestException or AuthenticationFailedException => true,
        _ => false,
    };

    private static string ReasonOf(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [.., var last] } => ReasonOf(last),
        RequestFailedException { Status: > 0 } failure => $"{failure.Status} {failure.ErrorCode}".TrimEnd(),
        OperationCanceledException => "no response before the timeout",
        AuthenticationFailedException => "couldn't get a managed identity token",
        _ => "the connection failed",
    };

    private static string? CodeOf(Response response) =>
        response.Headers.TryGetValue("x-ms-error-code", out var code) ? code : response.ReasonPhrase;

    [GeneratedRegex(@"^HTTP/1\.1 (?<status>401|403|408|429|5\d\d)\b", RegexOptions.Multiline)]
    private static partial Regex InnerStatus();
}
