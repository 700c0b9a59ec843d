using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Mcp;

/// <summary>
/// The host's own API, called without a wire: what a tool does is what its caller's key may do, by the very endpoints that
/// the key would reach from outside.
/// </summary>
internal sealed class OwnApi(IServiceScopeFactory scopes)
{
    private readonly IServiceScopeFactory scopes = scopes;
    private RequestDelegate? pipeline;

    /// <summary>The first thing in the pipeline: keeps what comes behind it.</summary>
    public RequestDelegate Keep(RequestDelegate next) => pipeline = next;

    /// <summary>Sends requests on behalf of the one that is being answered.</summary>
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
