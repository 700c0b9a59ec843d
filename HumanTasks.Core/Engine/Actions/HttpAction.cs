using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Calls an address and saves <c>{ status, body }</c>. Every attempt carries the same <c>Idempotency-Key</c> header. The
/// invoker given by the host does not follow redirects and refuses private addresses.
/// </summary>
public sealed class HttpAction(HttpMessageInvoker invoker, EnvironmentCatalog environments, TimeProvider time)
{
    /// <summary>The largest answer that is read, in bytes.</summary>
    public const int MaxAnswerBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    internal async Task<ActionOutcome> HandleAsync(
        TurnDraft draft, RuleAction.Http action, CancellationToken cancellationToken)
    {
        if (!action.Delivers)
        {
            return await CallAsync(draft, action, cancellationToken);
        }

        var outcome = await CallAsync(draft, action, cancellationToken);
        var failed = outcome as ActionOutcome.Failed;
        WebhookDelivery.Note(draft.Context, time.GetUtcNow(), failed?.Message);
        return failed is null ? outcome : WebhookDelivery.Again(failed, draft.FailedAttempts);
    }

    private async Task<ActionOutcome> CallAsync(
        TurnDraft draft, RuleAction.Http action, CancellationToken cancellationToken)
    {
        var scope = draft.Scope();
        var url = action.Url.RenderText(scope);
        var headers = action.Headers.Select(header => (header.Name, Value: header.Value.RenderText(scope))).ToArray();
        var body = action.Body?.Render(scope);
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return new ActionOutcome.Failed("'url' did not become an http or https address.", MayPass: false);
        }

        using var timeout = new CancellationTokenSource(action.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(draft, action, uri, body);
            if (action.Delivers)
            {
                await SignAsync(request, draft, either.Token);
            }

            if (headers.FirstOrDefault(header => !TrySet(request, header.Name, header.Value)).Name is { } wrong)
            {
                return new ActionOutcome.Failed($"The value of the header '{wrong}' is none that a header can have.", MayPass: false);
            }

            using var response = await invoker.SendAsync(request, either.Token);
            return await TakeAsync(draft, action, response, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ActionOutcome.Failed($"No answer within {action.Timeout.TotalSeconds:0} seconds.", MayPass: true);
        }
        catch (HttpRequestException refused) when (refused.InnerException is EffectFailedException { MayPass: false } inner)
        {
            return new ActionOutcome.Failed(inner.Message, MayPass: false);
        }
        catch (HttpRequestException failed)
        {
            return new ActionOutcome.Failed($"The call failed: {Words(failed.HttpRequestError)}.", MayPass: true);
        }
        catch (IOException)
        {
            return new ActionOutcome.Failed($"The call failed: {Words(HttpRequestError.Unknown)}.", MayPass: true);
        }
    }

    // an exception's own message may name what a template brought
    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the server's name could not be resolved",
        HttpRequestError.ConnectionError => "the server could not be reached",
        HttpRequestError.SecureConnectionError => "no secure connection could be made",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "the server's answer was not HTTP",
        HttpRequestError.ResponseEnded => "the server's answer ended too early",
        _ => "the connection broke",
    };

    private async Task SignAsync(HttpRequestMessage request, TurnDraft draft, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        request.Headers.Add("webhook-id", draft.Run.Id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (environments.Get(draft.Run.Environment).WebhookSecrets is { Count: > 0 } secrets)
        {
            request.Headers.Add("webhook-signature", WebhookSignature.Of(secrets, draft.Run.Id, at, body));
        }
    }

    private static bool TrySet(HttpRequestMessage request, string name, string value)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            var isType = MediaTypeHeaderValue.TryParse(value, out var type);
            request.Content?.Headers.ContentType = type;
            return isType;
        }

        if (!RuleAction.Http.IsRequestHeader(name))
        {
            return false;
        }

        request.Headers.Remove(name);
        try
        {
            request.Headers.Add(name, value);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static HttpRequestMessage Request(
        TurnDraft draft, RuleAction.Http action, Uri uri, JsonNode? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(action.Method), uri);
        if (body is not null)
        {
            request.Content = JsonValues.TryText(body, out var text)
                ? new StringContent(text, Encoding.UTF8, "text/plain")
                : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("HumanTasks", "1.0"));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", draft.IdempotencyKey("http"));
        request.Headers.TryAddWithoutValidation("X-Correlation-Id", draft.Run.CorrelationId);
        return request;
    }

    private static async Task<ActionOutcome> TakeAsync(
        TurnDraft draft, RuleAction.Http action, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var expected = action.Expect.Count > 0 ? action.Expect.Contains(status) : status is >= 200 and <= 299;
        if (!expected)
        {
            return new ActionOutcome.Failed(
                string.Create(CultureInfo.InvariantCulture, $"The server answered {status}."),
                MayPass: status is >= 500 or 408 or 425 or 429)
            {
                Status = status,
            };
        }

        if (await ReadAsync(response.Content, cancellationToken) is not { } bytes)
        {
            return new ActionOutcome.Failed($"The answer is larger than {MaxAnswerBytes / 1024} KiB.", MayPass: false);
        }

        action.SaveAs?.Put(draft.Context, new JsonObject
        {
            ["status"] = status,
            ["body"] = Parse(response.Content.Headers.ContentType?.MediaType, bytes),
        });
        draft.EffectDone();
        draft.Log(RunEvent.HttpCalled, string.Create(CultureInfo.InvariantCulture, $"{action.Method} answered {status}"));
        draft.GoOn();
        return ActionOutcome.Done;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > MaxAnswerBytes)
            {
                return null;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return bytes.ToArray();
    }

    private static JsonNode? Parse(string? mediaType, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return null;
        }

        if (mediaType is not null && (mediaType.EndsWith("/json", StringComparison.Ordinal) || mediaType.EndsWith("+json", StringComparison.Ordinal)))
        {
            try
            {
                return WholeText.Is(bytes) ? JsonNode.Parse(bytes, documentOptions: Strict) : JsonValue.Create(Encoding.UTF8.GetString(bytes));
            }
            catch (JsonException)
            {
                // it said JSON and is none: kept as the text that it is
            }
        }

        return JsonValue.Create(Encoding.UTF8.GetString(bytes));
    }
}
