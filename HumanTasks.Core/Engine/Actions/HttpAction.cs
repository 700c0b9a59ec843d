using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
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
/// Calls an address and saves <c>{ status, body }</c>. Every attempt carries the same <c>Idempotency-Key</c> header.
/// The host's invoker follows no redirects and refuses private addresses.
/// </summary>
public sealed class HttpAction(HttpMessageInvoker invoker, EnvironmentCatalog environments, EffectWatch watch, TimeProvider time)
{
    internal ActionOutcome Handle(TurnDraft draft, RuleAction.Http action)
    {
        var outcome = Call(draft, action);
        if (!action.Delivers || outcome is ActionOutcome.Waiting)
        {
            return outcome;
        }

        var failed = outcome as ActionOutcome.Failed;
        WebhookDelivery.Note(draft.Context, time.GetUtcNow(), failed?.Message);
        return failed is null ? outcome : WebhookDelivery.Again(failed, draft.FailedAttempts);
    }

    private ActionOutcome Call(TurnDraft draft, RuleAction.Http action)
    {
        var scope = draft.Scope();
        var url = action.Url.RenderAddress(scope);
        var sent = draft.ScopeOfSending(environments.Get(draft.Run.Environment));
        var headers = action.Headers.Select(header => (header.Name, Value: header.Value.RenderText(sent))).ToArray();
        var body = action.Body?.Render(sent);
        if ((ActionOutcome.UnknownPaths(scope) ?? ActionOutcome.UnknownPaths(sent)) is { } failure)
        {
            return failure;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return new ActionOutcome.Failed("'url' is not an http or https URL after its templates are resolved.", MayPass: false);
        }

        var lane = new EffectLane(action.Delivers ? EffectKind.Webhook : EffectKind.Http, uri.Authority, draft.Root);
        var effect = new Effect(draft.IdempotencyKey("http"), lane, async stop => await MeasureAsync(
            draft, action, uri, lane, trace => SendAsync(draft, action, uri, headers, body, trace, stop)))
        {
            Note = (late, _, performed) =>
            {
                late.Called(performed.Attempt);
                late.Log(RunEvent.HttpCalled, Called(action, (HttpResult)performed), action.Name);
            },
        };
        if (draft.ResultOf(effect) is not { } result)
        {
            return ActionOutcome.Waits;
        }

        draft.Called(result.Attempt);
        if (result.Failure is { } failed)
        {
            return failed;
        }

        var answer = (HttpResult)result;
        action.SaveAs?.Put(draft.Context, new JsonObject { ["status"] = answer.Status, ["body"] = answer.Body?.DeepClone() });
        draft.EffectDone();
        draft.Log(RunEvent.HttpCalled, Called(action, answer));
        draft.GoOn();
        return ActionOutcome.Done;
    }

    private static string Called(RuleAction.Http action, HttpResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{action.Method} returned {result.Status}");

    /// <summary>Makes the call in one span that records method, host, status and error, but never a path.</summary>
    private async Task<HttpResult> MeasureAsync(
        TurnDraft draft, RuleAction.Http action, Uri uri, EffectLane lane, Func<RunTrace, Task<HttpResult>> send)
    {
        var run = draft.Run;
        using var span = Telemetry.Effect(action.Type, run);
        Telemetry.Calls(uri.Host, action.Method);
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        HttpResult result;
        try
        {
            result = await send(Telemetry.Outgoing(span, draft.Trace, run.CorrelationId));
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Telemetry.EffectFaulted(span, action.Type, run, unexpected);
            throw;
        }

        watch.Note(lane.Kind, lane.Target, fails: result.Failure is { MayPass: true });
        Telemetry.EffectDone(span, action.Type, run, result.Failure);
        return result with
        {
            Attempt = new CallAttempt(action.Name, at, action.Method, uri.Authority, Uri.UnescapeDataString(uri.AbsolutePath))
            {
                Milliseconds = (long)time.GetElapsedTime(began).TotalMilliseconds,
                Status = result.Failure is { } failure ? failure.Status : result.Status,
                Bytes = result.Bytes,
                Problem = result.Failure?.Message,
                Error = result.Error,
            },
        };
    }

    private async Task<HttpResult> SendAsync(
        TurnDraft draft,
        RuleAction.Http action,
        Uri uri,
        (string Name, string Value)[] headers,
        JsonNode? body,
        RunTrace trace,
        CancellationToken cancellationToken)
    {
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
                return HttpResult.Failed($"The header '{wrong}' has an invalid value.", mayPass: false);
            }

            trace.WriteTo(request);
            using var response = await invoker.SendAsync(request, either.Token);
            Telemetry.Answered((int)response.StatusCode);
            return await ReadAsync(draft, action, uri, response, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return HttpResult.Failed(
                $"{action.Method} {uri.Authority} got no response within {action.Timeout.TotalSeconds:0} seconds (timeoutSeconds).", mayPass: true, "http.timeout");
        }
        catch (HttpRequestException refused) when (refused.InnerException is EffectFailedException { MayPass: false } inner)
        {
            return HttpResult.Failed(inner.Message, mayPass: false);
        }
        catch (HttpRequestException failed)
        {
            return HttpResult.Failed($"{action.Method} {uri.Authority} failed: {Words(failed.HttpRequestError)}.", mayPass: true, "http.network");
        }
        catch (IOException)
        {
            return HttpResult.Failed($"{action.Method} {uri.Authority} failed: {Words(HttpRequestError.Unknown)}.", mayPass: true, "http.network");
        }
    }

    // an exception's message may contain values from templates
    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the server's name could not be resolved",
        HttpRequestError.ConnectionError => "the server could not be reached",
        HttpRequestError.SecureConnectionError => "couldn't connect securely",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "the server sent an invalid HTTP response",
        HttpRequestError.ResponseEnded => "the server sent an incomplete response",
        _ => "the connection was lost",
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

        if (!RuleAction.Http.IsRequestHeader(name) || !Ascii.IsValid(value)) // other characters would break the connection
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

    private async Task<HttpResult> ReadAsync(
        TurnDraft draft, RuleAction.Http action, Uri uri, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var expected = action.Expect.Count > 0 ? action.Expect.Contains(status) : status is >= 200 and <= 299;
        if (!expected)
        {
            var failure = ActionOutcome.Failed.Of(
                string.Create(CultureInfo.InvariantCulture, $"{action.Method} {uri.Authority} returned {status}."), response, time.GetUtcNow());
            var error = KeepsErrors(draft, action) ? await HttpAnswers.ErrorAsync(draft, response.Content, SecretsOf(draft), cancellationToken) : null;
            return new HttpResult(failure) { Bytes = response.Content.Headers.ContentLength, Error = error };
        }

        if (await HttpAnswers.ReadAsync(response.Content, cancellationToken) is not { } bytes)
        {
            return HttpResult.Failed(
                $"The response of {action.Method} {uri.Authority} is larger than {HttpAnswers.MaxBytes / 1024} KiB.", mayPass: false);
        }

        var type = response.Content.Headers.ContentType;
        var body = ReceivedText.Parse(bytes, type?.MediaType, type?.CharSet, StrictJson.Options);
        return new HttpResult(null, status, HttpAnswers.WithoutSecrets(body, bytes, SecretsOf(draft)))
        {
            Bytes = bytes.Length,
        };
    }

    private static bool KeepsErrors(TurnDraft draft, RuleAction.Http action) => action.KeepErrors
        || (action.Delivers && draft.Context[WebhookDelivery.KeepErrors] is JsonValue keeps && keeps.TryGetValue(out bool does) && does);

    private IEnumerable<string> SecretsOf(TurnDraft draft) => environments.Get(draft.Run.Environment).Secrets.Values;
}
