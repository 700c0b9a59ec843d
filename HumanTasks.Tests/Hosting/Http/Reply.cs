using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Hosting.Http;

/// <summary>An answer, with what tests ask of one. Members of JSON are named by JSON pointers (RFC 6901).</summary>
public sealed class Reply
{
    private readonly Lazy<JsonNode?> json;

    private Reply(int status, HttpResponseHeaders headers, HttpContentHeaders contentHeaders, byte[] bytes)
    {
        Status = status;
        Headers = headers;
        ContentHeaders = contentHeaders;
        Bytes = bytes;
        json = new Lazy<JsonNode?>(() => JsonNode.Parse(bytes));
    }

    public int Status { get; }

    public HttpResponseHeaders Headers { get; }

    public HttpContentHeaders ContentHeaders { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public string Body => Encoding.UTF8.GetString(Bytes.Span);

    public string? ContentType => ContentHeaders.ContentType?.MediaType;

    public JsonNode? Json => json.Value;

    public JsonNode? this[string pointer] => Json.At(pointer);

    public static async Task<Reply> OfAsync(HttpResponseMessage answer) => new(
        (int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsByteArrayAsync());

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>A cookie that the answer sets, as the next request sends it.</summary>
    public string Cookie(string name) =>
        Headers.TryGetValues("Set-Cookie", out var cookies)
        && cookies.FirstOrDefault(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? found.Split(';')[0]
            : throw new Xunit.Sdk.XunitException($"The answer sets no cookie '{name}'.");

    /// <summary>A text that must be there.</summary>
    public string Text(string pointer) => this[pointer] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw new Xunit.Sdk.XunitException($"There is no text at {pointer} in {Body}");

    /// <summary>Fails with the whole answer when it has another status.</summary>
    public Reply Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>Fails unless it is this refusal as problem details (RFC 9457), without any trace of our insides.</summary>
    public Reply IsProblem(int status, string slug)
    {
        Is(status);
        Assert.True(ContentType == "application/problem+json", $"The refusal is {ContentType}: {Body}");
        Assert.Equal($"urn:humantasks:problem:{slug}", Text("/type"));
        Assert.Equal(status, this["/status"]!.GetValue<int>());
        Assert.NotEmpty(Text("/title"));
        Assert.DoesNotContain("   at ", Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Body, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The refusal's problem at this pointer; its message must say something.</summary>
    public Reply HasProblemAt(string pointer)
    {
        var problem = this["/errors"]!.AsArray().FirstOrDefault(error => error.At("/pointer")?.GetValue<string>() == pointer);
        Assert.True(problem is not null, $"There is no problem at '{pointer}' in {Body}");
        Assert.NotEmpty(problem.At("/message")!.GetValue<string>());
        return this;
    }
}
