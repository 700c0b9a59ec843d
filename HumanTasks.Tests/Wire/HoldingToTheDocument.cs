using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using Xunit.Sdk;

namespace HumanTasks.Tests.Wire;

/// <summary>The acceptance suite fails when the served document and what comes over the wire differ.</summary>
public sealed class HoldingToTheDocument(Deployment deployment) : AcceptanceTest(deployment)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    [Theory]
    [InlineData("/components/schemas/RunItem/properties/createdAt", """{ "type": "integer" }""")]
    [InlineData("/components/schemas/RunItem/required", """["nobodyWritesThis"]""")]
    [InlineData("/components/schemas/RunItem/properties/status", """{ "enum": ["lost"] }""")]
    [InlineData("/paths/~1api~1runs/get/responses", """{ "404": {} }""")]
    [InlineData("/paths/~1api~1runs/get/responses/200/content", """{ "text/plain": {} }""")]
    public async Task A_response_that_is_not_as_described_fails(string pointer, string instead)
    {
        await Api.StartAsync(await Api.SaveAsync("""[{ "type": "end" }]"""));
        var document = (await Anybody.GetAsync("/openapi/v1.json")).Is(200).Json!;
        var reply = (await Api.GetAsync("/api/runs?limit=1")).Is(200);
        new WireDocument(document).Check("GET", "/api/runs?limit=1", null, null, reply);

        Assert.ThrowsAny<XunitException>(() => new WireDocument(With(document, pointer, instead)).Check("GET", "/api/runs?limit=1", null, null, reply));
    }

    [Fact]
    public async Task A_problem_that_the_operation_does_not_name_fails()
    {
        var document = (await Anybody.GetAsync("/openapi/v1.json")).Is(200).Json!;
        var reply = (await Api.GetAsync("/api/runs/none")).IsProblem(404, "not-found");
        new WireDocument(document).Check("GET", "/api/runs/none", null, null, reply);
        var other = With(document, "/paths/~1api~1runs~1{id}/get/responses/404/content/application~1problem+json/examples", "{}");

        Assert.ThrowsAny<XunitException>(() => new WireDocument(other).Check("GET", "/api/runs/none", null, null, reply));
    }

    [Fact]
    public async Task A_request_that_was_accepted_and_is_not_described_fails()
    {
        var document = new WireDocument((await Anybody.GetAsync("/openapi/v1.json")).Is(200).Json!);
        using var response = new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new StringContent("", Encoding.UTF8) };
        var reply = await Reply.OfAsync(response);
        document.Check("POST", "/api/tasks/a/cancel", Json, """{ "reason": "over" }""", reply);

        Assert.ThrowsAny<XunitException>(() => document.Check("POST", "/api/tasks/a/cancel", Json, """{ "why": "over" }""", reply));
        Assert.ThrowsAny<XunitException>(() => document.Check("POST", "/api/tasks/a/cancel", Json, """{ "reason": 7 }""", reply));
        Assert.ThrowsAny<XunitException>(() => document.Check("POST", "/api/tasks/a/cancel", new MediaTypeHeaderValue("text/plain"), "over", reply));
    }

    private static JsonNode With(JsonNode document, string pointer, string instead)
    {
        var changed = document.DeepClone();
        var end = pointer.LastIndexOf('/');
        changed.At(pointer[..end])![pointer[(end + 1)..]] = JsonNode.Parse(instead);
        return changed;
    }
}
