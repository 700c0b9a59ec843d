using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Mcp;

/// <summary>
/// Calls the host's own API in process. A tool can do exactly what its caller's key allows, through the same endpoints
/// that the key can reach from outside.
/// </summary>
internal sealed class OwnApi(IServiceScopeFactory scopes)
{
    private readonly IServiceScopeFactory scopes = scopes;
    private RequestDelegate? pipeline;

    /// <summary>Captures the rest of the pipeline. Must be its first part.</summary>
    public RequestDelegate Keep(RequestDelegate next) => pipeline = next;

    /// <summary>Returns a handler that sends requests on behalf of the current one.</summary>
    public HttpMessageHandler For(HttpContext outer) => new Handler(this, outer);

    private sealed class Handler(OwnApi api, HttpContext outer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var pipeline = api.pipeline ?? throw new InvalidOperationException("The pipeline is not built yet.");
            await using var scope = api.scopes.CreateAsyncScope();
            using var sent = new MemoryStream(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken));
            using var answered = new MemoryStream();
            var inner = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
            inner.Request.Method = request.Method.Method;
            inner.Request.Scheme = outer.Request.Scheme;
            inner.Request.Host = outer.Request.Host;
            inner.Request.Path = PathString.FromUriComponent(request.RequestUri!.AbsolutePath);
            inner.Request.QueryString = QueryString.FromUriComponent(request.RequestUri);
            inner.Connection.RemoteIpAddress = outer.Connection.RemoteIpAddress;
            foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
            {
                inner.Request.Headers[name] = values.ToArray();
            }

            inner.Request.Body = sent;
            inner.Request.ContentLength = sent.Length;
            inner.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answered));
            await pipeline(inner);
            await inner.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();

            var answer = new HttpResponseMessage((HttpStatusCode)inner.Response.StatusCode) { Content = new ByteArrayContent(answered.ToArray()) };
            foreach (var (name, values) in inner.Response.Headers)
            {
                if (!answer.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                {
                    answer.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
                }
            }

            return answer;
        }
    }
}
