using System.Buffers;
using System.Text.Json;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Api;

/// <summary>Reads the JSON body of a request strictly, within its limit, and reports all problems at once.</summary>
public static class ApiRequest
{
    /// <summary>The maximum nesting of a body; stored records nest it further.</summary>
    public const int MaxDepth = StrictJson.MaxDepth;

    /// <summary>The JSON rules: no duplicate members and limited nesting.</summary>
    public static readonly JsonDocumentOptions Strict = StrictJson.Options;

    /// <summary>Returns the request in the body, or the problem to return.</summary>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext context, RequestBody<T> body)
        where T : class
    {
        var (document, problem) = await ReadDocumentAsync(context, body.IsOptional);
        if (document is null)
        {
            return (null, problem);
        }

        using (document)
        {
            var problems = new Problems();
            if (ObjectReader.Open(document.RootElement, "", problems) is not { } reader)
            {
                return (null, ApiProblem.InvalidDocument(problems));
            }

            var value = body.Read(reader);
            reader.Finish(body.Shape);
            return problems.Count > 0 ? (null, ApiProblem.InvalidDocument(problems)) : (value, null);
        }
    }

    /// <summary>Returns the body as a document, which the caller disposes, or the problem to return.</summary>
    public static async Task<(JsonDocument? Document, ProblemHttpResult? Problem)> ReadDocumentAsync(
        HttpContext context, bool optional = false)
    {
        var limit = context.RequestServices.GetRequiredService<LimitOptions>().MaxBodyBytes;
        if (await ReadBytesAsync(context.Request, limit, context.RequestAborted) is not { } bytes)
        {
            return (null, ApiProblem.TooLarge(limit));
        }

        if (bytes.IsEmpty && optional)
        {
            return (JsonDocument.Parse("{}"), null);
        }

        if (!context.Request.HasJsonContentType())
        {
            return (null, ApiProblem.UnknownMedia());
        }

        if (ReceivedText.ToWholeUtf8(bytes, context.Request.GetTypedHeaders().ContentType?.Charset.Value) is not { } text)
        {
            return (null, ApiProblem.Malformed(ReceivedText.NotWhole));
        }

        try
        {
            return (JsonDocument.Parse(text, Strict), null);
        }
        catch (JsonException malformed)
        {
            return (null, ApiProblem.Malformed($"The body is not valid JSON: {malformed.Message}"));
        }
    }

    /// <summary>Returns the whole body, or null when it is larger than the limit.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadBytesAsync(
        HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
