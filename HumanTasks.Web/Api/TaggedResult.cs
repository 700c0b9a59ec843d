using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>
/// A response with a weak ETag of its content; returns 304 when the caller has it already (RFC 9110).
/// </summary>
/// <param name="answer">The response.</param>
/// <param name="type">Its JSON serialization.</param>
/// <param name="said">The content for the ETag, if it is less than all bytes.</param>
public class TaggedResult<T>(T answer, JsonTypeInfo<T> type, byte[]? said = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        if (WeakTag.IsKnown(httpContext, said ?? body))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
