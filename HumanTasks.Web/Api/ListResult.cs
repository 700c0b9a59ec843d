using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanTasks.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>A list with a weak ETag of its content; returns 304 when the caller has it already (RFC 9110).</summary>
public sealed class ListResult<T>(ListAnswer<T> list, JsonTypeInfo<ListAnswer<T>> type) : TaggedResult<ListAnswer<T>>(list, type);

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

/// <summary>The query parameter <c>?limit=</c>, from 1 to 200.</summary>
public static class ListLimit
{
    public const int Max = 200;

    /// <summary>Returns the limit, 50 without one, or null when it is invalid.</summary>
    public static int? Read(string? text) =>
        text is null ? 50
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Max ? limit
        : null;

    public static IResult Refusal() => ApiProblem.InvalidQuery("limit", $"'limit' must be an integer from 1 to {Max}.");
}
