using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.AI;
using ChatToolCall = OpenAI.Chat.ChatToolCall;

namespace HumanTasks.Web.LanguageModels;

/// <summary>A client that translates failures: which may pass, after how long, and which will not.</summary>
internal sealed class ModelClient(IChatClient inner) : DelegatingChatClient(inner)
{
    private const int MaxReason = 300;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ModelTransport.RequestId.Value = options?.AdditionalProperties?[ModelTalk.RequestId] as string;
        options?.AdditionalProperties?.Remove(ModelTalk.RequestId); // sent as a header, not in the body
        try
        {
            return WithRawArguments(await base.GetResponseAsync(messages, options, cancellationToken));
        }
        catch (ClientResultException refused) when (refused.Status != 0)
        {
            throw Told(refused);
        }
        catch (Exception fault) when (fault is ClientResultException or HttpRequestException or IOException or AggregateException)
        {
            throw new EffectFailedException(IsTooLarge(fault)
                ? $"The model response was larger than {ModelTransport.MaxAnswerBytes >> 20} MiB."
                : "Couldn't reach the model provider, or the connection was lost.", fault);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new EffectFailedException("The model provider sent an invalid response.", fault);
        }
    }

    /// <summary>Keeps the arguments of calls as raw text, because parsing removes duplicate members.</summary>
    private static ChatResponse WithRawArguments(ChatResponse answer)
    {
        foreach (var call in answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            if (call.RawRepresentation is ChatToolCall { FunctionArguments: { } arguments })
            {
                (call.AdditionalProperties ??= [])[ModelTalk.RawArguments] = arguments.ToString();
            }
        }

        return answer;
    }

    private static bool IsTooLarge(Exception fault) =>
        fault is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
        || (fault.InnerException is { } inner && IsTooLarge(inner));

    private static EffectFailedException Told(ClientResultException refused)
    {
        var (code, reason) = ErrorOf(refused);
        var filtered = code is "content_filter" or "content_policy_violation" || reason.Contains("content management policy", StringComparison.Ordinal);
        var status = refused.Status;
        var message = filtered
            ? "The model provider's content filter blocked the request."
            : string.Create(CultureInfo.InvariantCulture, $"The model provider returned {status}")
                + (code.Length > 0 ? $" ({code})" : "")
                + (status is 401 or 403 || reason.Length == 0 ? "." : $": {reason}"); // such responses may contain a part of the key
        return new EffectFailedException(message, refused)
        {
            MayPass = !filtered && code != "insufficient_quota" && (status == 409 || ServerRefusal.MayPass(status)),
            After = AfterOf(refused),
            Status = status,
            Answer = status is 401 or 403 ? null : refused.GetRawResponse()?.Content.ToString(),
        };
    }

    private static TimeSpan? AfterOf(ClientResultException refused)
    {
        if (refused.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds))
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at)
                ? at - (response.Headers.TryGetValue("Date", out var date) && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var now)
                    ? now
                    : TimeProvider.System.GetUtcNow())
                : null;
    }

    private static (string Code, string Reason) ErrorOf(ClientResultException refused)
    {
        try
        {
            using var body = JsonDocument.Parse(refused.GetRawResponse()?.Content.ToMemory() ?? default);
            return body.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? (TextOf(error, "code"), TextOf(error, "message"))
                : ("", "");
        }
        catch (JsonException)
        {
            return ("", ""); // an error without a JSON body still has a status
        }
    }

    private static string TextOf(JsonElement error, string member) =>
        error.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            ? string.Concat(text.Take(MaxReason).Where(character => !char.IsControl(character)))
            : "";
}
