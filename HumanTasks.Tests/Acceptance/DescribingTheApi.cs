using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Wire;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What the OpenAPI document says is what the API does.</summary>
public class DescribingTheApi(Deployment deployment) : AcceptanceTest(deployment)
{
    private static readonly string[] Methods = ["get", "head", "post", "put", "delete", "patch"];

    [OpenApiFact]
    public async Task The_document_passes_the_recommended_rules_of_Redocly_and_Spectral() =>
        await OpenApiTools.RunAsync("lint", (await DocumentAsync()).ToJsonString());

    [Fact]
    public async Task A_request_requires_only_what_is_required_and_lists_every_member()
    {
        var schemas = (await DocumentAsync()).At("/components/schemas");

        Assert.Equal(["title", "form"], schemas.At("/TaskRequest/required")!.AsArray().Select(name => (string)name!));
        Assert.Equal(["form", "continuation"], schemas.At("/InterventionRequest/required")!.AsArray().Select(name => (string)name!));
        Assert.Null(schemas.At("/StartRunRequest/required"));
        schemas.At("/TaskRequest/properties").MustHave("timeZone", "language", "notifyOutcome", "fromModel", "escalate", "workingHours");
        Assert.Null(schemas.At("/TaskRequest/properties/saveAs"));
        Assert.Equal("integer", (string?)schemas.At("/TaskItem/properties/maxUses/type"));
        Assert.Equal("date-time", (string?)schemas.At("/TaskItem/properties/createdAt/format"));
        Assert.DoesNotContain("claimedBy", schemas.At("/TaskItem/required")!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Every_operation_has_an_id_its_path_parameters_and_its_problems()
    {
        var document = await DocumentAsync();
        List<string> ids = [];
        foreach (var (path, item) in document.At("/paths")!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(entry => Methods.Contains(entry.Key)))
            {
                ids.Add(operation.Text("/operationId"));
                var declared = (operation.At("/parameters")?.AsArray() ?? []).Where(parameter => (string?)parameter.At("/in") == "path").Select(parameter => parameter.Text("/name"));
                Assert.Equal(System.Text.RegularExpressions.Regex.Matches(path, "{(.*?)}").Select(match => match.Groups[1].Value), declared);
                Assert.NotNull(operation.At("/security"));
                foreach (var (status, response) in operation.At("/responses")!.AsObject().Where(entry => entry.Key[0] is '4' or '5' && method != "head"))
                {
                    Assert.All(response.At("/content/application~1problem+json/examples")!.AsObject(), example =>
                    {
                        Assert.Equal($"urn:humantasks:problem:{example.Key}", example.Value.Text("/value/type"));
                        Assert.Equal(status, example.Value.Number("/value/status").ToString(System.Globalization.CultureInfo.InvariantCulture));
                    });
                }
            }
        }

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Headers_and_security_schemes_are_declared()
    {
        var document = await DocumentAsync();

        Assert.Contains("Idempotency-Key", Names("/paths/~1api~1tasks/post"));
        Assert.Contains("Prefer", Names("/paths/~1api~1runs~1{id}/get"));
        Assert.Contains("If-None-Match", Names("/paths/~1api~1runs/get"));
        Assert.NotNull(document.At("/paths/~1api~1runs/get/responses/200/headers/ETag"));
        Assert.NotNull(document.At("/paths/~1api~1runs/get/responses/304"));
        Assert.NotNull(document.At("/paths/~1api~1runs/get/responses/503/headers/Retry-After"));
        Assert.NotNull(document.At("/paths/~1api~1tasks~1{id}~1responses/post/responses/409/content/application~1problem+json/examples/task-is-over"));
        Assert.Equal("bearer", document.Text("/components/securitySchemes/apiKey/scheme"));
        Assert.Equal(Address.ToString().TrimEnd('/'), Deployment.IsForeign ? Address.ToString().TrimEnd('/') : document.Text("/servers/0/url"));

        IEnumerable<string> Names(string operation) => document.At($"{operation}/parameters")!.AsArray().Select(parameter =>
            parameter.At("/$ref") is { } reference ? document.Text($"{((string)reference!)[1..]}/name") : parameter.Text("/name"));
    }

    [Fact]
    public async Task Every_operation_answers_names_that_differ_in_case_or_come_twice_without_a_server_error()
    {
        foreach (var (path, item) in (await DocumentAsync()).At("/paths")!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(entry => entry.Value.At("/requestBody") is not null))
            {
                foreach (var body in (string[])["""{"a":1,"A":2}""", """{"a":1,"a":2}""", """{"context":{"a":1,"A":2},"values":{"a":1,"A":2,"a":3}}"""])
                {
                    using var content = ApiClient.Json(body);
                    var reply = await Api.SendAsync(new HttpMethod(method.ToUpperInvariant()), System.Text.RegularExpressions.Regex.Replace(path, "{.*?}", "none"), content);

                    Assert.True(reply.Status is >= 200 and < 500, $"{method} {path} {body}: {reply.Status} {reply.Body}");
                }
            }
        }
    }

    [Theory]
    [InlineData("form")]
    [InlineData("rule-set")]
    public async Task Schemas_are_public_and_can_be_cached(string name)
    {
        var schema = (await Anybody.GetAsync($"/schemas/{name}.json")).Is(200);

        Assert.Equal("application/schema+json", schema.ContentType);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.Text("/$schema"));
        Assert.StartsWith("public, max-age=", schema.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Empty((await Anybody.GetAsync($"/schemas/{name}.json", ("If-None-Match", schema.Header("ETag")!))).Is(304).Body);
    }

    [Fact]
    public async Task A_rule_set_may_name_its_schema_for_editors()
    {
        const string Schema = "https://tasks.example.com/schemas/rule-set.json";
        (await Api.PutAsync("/api/rule-sets/for-editors", $$"""{ "$schema": "{{Schema}}", "actions": [{ "type": "end" }] }""")).Is(201);

        Assert.Equal(Schema, (await Api.GetAsync("/api/rule-sets/for-editors")).Is(200).Text("/$schema"));
        (await Api.PutAsync("/api/rule-sets/for-editors", """{ "$schema": 7, "actions": [{ "type": "end" }] }""")).HasProblemAt("/$schema");
    }

    private async Task<JsonNode> DocumentAsync() => (await Anybody.GetAsync("/openapi/v1.json")).Is(200).Json!;
}
