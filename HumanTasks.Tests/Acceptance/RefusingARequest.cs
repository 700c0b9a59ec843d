using System.Net.Http.Headers;
using System.Text;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Whatever is wrong with a request of a program, the answer is problem details and never a page.</summary>
public class RefusingARequest(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Runs = "/api/rule-sets/nobody-saved-this/runs";

    public static TheoryData<string, string> Malformed => new()
    {
        { "{", "is incomplete" },
        { "{}}", "goes on after its end" },
        { "{ 'context': {} }", "is no JSON" },
        { "", "is empty" },
        { """{ "context": { "a": 1, "a": 2 } }""", "has a member twice" },
        { """{ "context": {}, "context": {} }""", "has a member twice at the top" },
        { "[]", "is a list" },
        { "17", "is a number" },
        { "null", "is nothing" },
        { new string('[', 200) + new string(']', 200), "is too deep" },
        { """{ "context": """ + string.Concat(Enumerable.Repeat("""{ "a": """, 100)) + "1" + new string('}', 101), "is too deep" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_body_that_cannot_be_read_is_400(string body, string what)
    {
        Assert.NotEmpty(what);
        foreach (var path in new[] { "/api/interventions", "/api/tasks" })
        {
            (await Api.PostAsync(path, body)).IsProblem(400, "malformed-request");
        }

        if (body.Length > 0)
        {
            (await Api.PostAsync(Runs, body)).IsProblem(400, "malformed-request");
        }
    }

    [Fact]
    public async Task A_body_that_is_no_whole_text_is_400()
    {
        var asked = await Api.InterveneAsync();
        byte[] invalid = [.. "{ \"correlationId\": \""u8, 0xC3, 0x28, .. "\" }"u8];
        byte[] values = [.. "{ \"values\": { \"decision\": \"approve"u8, 0xC3, 0x28, .. "\" } }"u8];

        (await Api.SendAsync(HttpMethod.Post, Runs, JsonOf(new ByteArrayContent(invalid)))).IsProblem(400, "malformed-request");
        (await Anybody.SendAsync(HttpMethod.Post, asked.Path, JsonOf(new ByteArrayContent(values)))).IsProblem(400, "malformed-request");
        (await Api.PostAsync(Runs, """{ "correlationId": "\ud800" }""")).IsProblem(400, "malformed-request");
        (await Anybody.PostAsync(asked.Path, """{ "values": { "decision": "\ud800" } }""")).IsProblem(400, "malformed-request");
        (await Anybody.PostAsync(asked.Path, """{ "values": { "decision": { "\ud800": 1 } } }""")).IsProblem(400, "malformed-request");
    }

    [Fact]
    public async Task Every_unknown_member_and_every_wrong_type_is_named()
    {
        (await Api.PostAsync("/api/tasks", """
            { "title": 17, "assignee": ["a"], "form": "none", "colour": "red", "dueInHours": "soon", "allowReject": "no" }
            """))
            .IsProblem(400, "malformed-request")
            .HasProblemAt("/title")
            .HasProblemAt("/assignee")
            .HasProblemAt("/form")
            .HasProblemAt("/colour")
            .HasProblemAt("/dueInHours")
            .HasProblemAt("/allowReject");
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_415()
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/xml" })
        {
            (await Api.SendAsync(HttpMethod.Post, Runs, new StringContent("{}", Encoding.UTF8, type)))
                .IsProblem(415, "unsupported-media-type");
        }
    }

    [Fact]
    public async Task A_body_above_a_mebibyte_is_413_however_it_is_sent()
    {
        var large = Encoding.UTF8.GetBytes($$"""{ "context": { "a": "{{new string('x', 1 << 20)}}" } }""");

        (await Api.SendAsync(HttpMethod.Post, Runs, JsonOf(new ByteArrayContent(large)))).IsProblem(413, "payload-too-large");
        (await Api.SendAsync(HttpMethod.Post, Runs, JsonOf(new InPieces(large)))).IsProblem(413, "payload-too-large");
        (await Api.SendAsync(HttpMethod.Post, Runs, JsonOf(new InPieces(large)), ("Idempotency-Key", Steps.Unique("large"))))
            .IsProblem(413, "payload-too-large");
        (await Api.SendAsync(HttpMethod.Put, "/api/rule-sets/large", JsonOf(new InPieces(large)))).IsProblem(413, "payload-too-large");
    }

    [Fact]
    public async Task A_body_in_pieces_is_read_like_any_other()
    {
        var name = await Api.SaveContinuationAsync();

        (await Api.SendAsync(HttpMethod.Post, $"/api/rule-sets/{name}/runs", JsonOf(new InPieces("{ }"u8.ToArray())))).Is(202);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ht_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task With_a_wrong_key_it_is_401(string authorization) =>
        (await Anybody.GetAsync("/api/runs", ("Authorization", authorization))).IsProblem(401, "unauthorized");

    [Fact]
    public async Task Without_a_key_it_is_401()
    {
        (HttpMethod, string)[] requests =
        [
            (HttpMethod.Get, "/api/runs"), (HttpMethod.Get, "/api/tasks"), (HttpMethod.Get, "/api/rule-sets"),
            (HttpMethod.Post, "/api/interventions"), (HttpMethod.Post, "/api/tasks"), (HttpMethod.Post, Runs),
            (HttpMethod.Put, "/api/rule-sets/any"), (HttpMethod.Get, "/api/runs/00000000000000000000000000"),
        ];
        foreach (var (method, path) in requests)
        {
            var refused = (await Anybody.SendAsync(method, path)).IsProblem(401, "unauthorized");
            Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
        }
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api")]
    [InlineData("/nothing")]
    [InlineData("/review")]
    [InlineData("/review/a/b/c")]
    [InlineData("/assets/nothing.css")]
    [InlineData("/assets/..%2f..%2fsettings.json")]
    public async Task A_path_that_leads_nowhere_is_404(string path) => (await Api.GetAsync(path)).IsProblem(404, "not-found");

    [Theory]
    [InlineData("DELETE", "/api/runs")]
    [InlineData("PATCH", "/api/rule-sets/any")]
    [InlineData("PUT", "/api/interventions")]
    [InlineData("DELETE", "/review/any")]
    [InlineData("POST", "/health/live")]
    public async Task A_method_that_a_path_does_not_take_is_405(string method, string path)
    {
        var refused = (await Api.SendAsync(new HttpMethod(method), path)).IsProblem(405, "method-not-allowed");

        Assert.NotNull(refused.Header("Allow"));
    }

    private static HttpContent JsonOf(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Says nothing of its length.</summary>
    private sealed class InPieces(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            foreach (var piece in bytes.Chunk(1 << 16))
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
