using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace HumanTasks.Client;

/// <summary>
/// A client for the HTTP API of a HumanTasks deployment. It is thread-safe; create one and reuse it. A POST carries an
/// idempotency key and is retried under the same key, so a lost response doesn't repeat the change.
/// </summary>
/// <exception cref="HumanTasksException">A call was refused. The exception has the type of the problem.</exception>
public sealed partial class HumanTasksClient : IDisposable
{
    /// <summary>The longest wait of one request. It is below the 60 seconds after which proxies time out.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(45);

    /// <summary>The shortest wait, because the Prefer header counts whole seconds.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>The extra time for the response to a wait before the client treats it as interrupted.</summary>
    private static readonly TimeSpan WaitGrace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly bool ownsHttp;
    private readonly string apiKey;
    private readonly TimeProvider time;

    /// <param name="address">The address of the deployment, such as https://tasks.example.com.</param>
    /// <param name="apiKey">An API key of the environment.</param>
    /// <param name="http">
    /// The HTTP client to use; the instance creates one when null. A client passed in is not disposed.
    /// </param>
    /// <param name="time">The clock for the pauses between attempts; the system clock when null.</param>
    public HumanTasksClient(Uri address, string apiKey, HttpClient? http = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentException.ThrowIfNullOrEmpty(apiKey);
        ownsHttp = http is null;
        this.http = http ?? new HttpClient { Timeout = TimeSpan.FromSeconds(100) };
        this.apiKey = apiKey;
        this.time = time ?? TimeProvider.System;
        Address = address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address}/");
    }

    /// <summary>The address of the deployment, ending with a slash.</summary>
    public Uri Address { get; }

    /// <summary>The number of attempts before a failure is thrown. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    public void Dispose()
    {
        if (ownsHttp)
        {
            http.Dispose();
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(answer, type, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, JsonNode? body, JsonTypeInfo<T> type, string? key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, body ?? new JsonObject(), key ?? NewKey(), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(answer, type, cancellationToken).ConfigureAwait(false);
    }

    private async Task DoAsync(string path, JsonNode? body, string? key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            HttpMethod.Post, path, body ?? new JsonObject(), key ?? NewKey(), cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> ListAsync<T>(
        string path, JsonTypeInfo<ListPage<T>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var at = cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync(at, type, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Sends a request until it gets a final response, always under the same key.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonNode? body, string? key, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage? answer = null;
            TimeSpan? asked = null;
            try
            {
                using var request = Request(method, path, body, key, wait: null);
                answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return answer;
                }

                if (!MayPass(answer.StatusCode) || attempt >= MaxAttempts)
                {
                    using (answer)
                    {
                        throw await HumanTasksException.OfAsync(answer, cancellationToken).ConfigureAwait(false);
                    }
                }

                asked = answer.Headers.RetryAfter?.Delta;
                answer.Dispose();
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException
                && !cancellationToken.IsCancellationRequested && attempt < MaxAttempts)
            {
                answer?.Dispose();
            }

            var pause = FirstPause * Math.Pow(2, attempt - 1);
            await Task.Delay(asked > pause ? asked.Value : pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body, string? key, TimeSpan? wait)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null && method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (wait is { } seconds)
        {
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)seconds.TotalSeconds}"));
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return request;
    }

    /// <summary>
    /// Waits until the resource is finished or the time is up, and returns it. An interrupted wait is not a failure: the
    /// request is repeated until the time is up.
    /// </summary>
    private async Task<T> UntilOverAsync<T>(
        string path, JsonTypeInfo<T> type, Func<T, bool> isOver, TimeSpan? patience, CancellationToken cancellationToken)
        where T : class
    {
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var left = patience is { } most ? most - time.GetElapsedTime(started) : LongestWait;
            if (left < ShortestWait)
            {
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
                return await GetAsync(path, type, cancellationToken).ConfigureAwait(false);
            }

            var wait = left < LongestWait ? left : LongestWait;
            var asked = time.GetTimestamp();
            var found = await TryWaitAsync(path, type, wait, cancellationToken).ConfigureAwait(false);
            if (found is not null && (isOver(found) || (patience is { } whole && time.GetElapsedTime(started) >= whole)))
            {
                return found;
            }

            // waits that repeatedly end too early must not flood the server with requests
            var took = time.GetElapsedTime(asked);
            pause = took < pause ? pause : FirstPause;
            if (took < pause)
            {
                var rest = patience is { } all ? all - time.GetElapsedTime(started) : pause;
                await Task.Delay(rest < pause ? (rest > TimeSpan.Zero ? rest : TimeSpan.Zero) : pause, time, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Returns the resource at the end of one wait; null if the wait was interrupted.</summary>
    private async Task<T?> TryWaitAsync<T>(string path, JsonTypeInfo<T> type, TimeSpan wait, CancellationToken cancellationToken)
        where T : class
    {
        using var late = new CancellationTokenSource(wait + WaitGrace, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var request = Request(HttpMethod.Get, path, null, null, wait);
            using var answer = await http.SendAsync(request, end.Token).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                return await ReadAsync(answer, type, end.Token).ConfigureAwait(false);
            }

            if (answer.StatusCode is HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway or HttpStatusCode.RequestTimeout)
            {
                return null;
            }
        }
        catch (Exception cut) when (IsCut(cut) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (HttpRequestException)
        {
            // the server was not reached: the call below retries it like any other request
        }

        return await GetAsync(path, type, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns whether the request may have reached the server although no response came back.</summary>
    private static bool IsCut(Exception lost) => lost is OperationCanceledException or IOException
        || lost is HttpRequestException
        {
            HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError),
        };

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private static string NewKey() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false)
            ?? throw new HumanTasksException("The response is empty.");
    }
}
