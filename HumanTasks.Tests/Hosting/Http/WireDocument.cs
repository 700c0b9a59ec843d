extern alias schemas;

using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using schemas::Json.Schema;

namespace HumanTasks.Tests.Hosting.Http;

/// <summary>The served OpenAPI document, against which every request that was accepted and every response is validated.</summary>
internal sealed class WireDocument
{
    private static readonly ConcurrentDictionary<Uri, Lazy<Task<WireDocument>>> Known = new();

    private readonly JsonNode document;
    private readonly (Regex Path, string Template)[] templates;
    private readonly ConcurrentDictionary<string, JsonSchema> schemas = new(StringComparer.Ordinal);

    public WireDocument(JsonNode document)
    {
        this.document = document;
        templates =
        [
            .. document["paths"]!.AsObject()
                .Select(entry => entry.Key)
                .OrderBy(path => path.Count(letter => letter == '{')) // what is written out goes before what is a parameter
                .Select(path => (new Regex($"^{Regex.Replace(path, "{.*?}", "[^/]+")}/?$"), path)),
        ];
    }

    public static Task<WireDocument> OfAsync(Uri address) => Known.GetOrAdd(address, static address => new Lazy<Task<WireDocument>>(async () =>
    {
        using var http = new HttpClient { BaseAddress = address };
        return new WireDocument(JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!);
    })).Value;

    /// <summary>Fails where the document does not say what came.</summary>
    public void Check(string method, string path, MediaTypeHeaderValue? sentType, string? sent, Reply reply)
    {
        if (OperationOf(method, path) is not var (template, operation))
        {
            return; // a page, or what is refused before any operation
        }

        var where = $"{method} {template} {reply.Status}";
        if (sent is { Length: > 0 } && reply.Status is >= 200 and < 300 && operation["requestBody"] is { } body)
        {
            var media = body["content"]?[sentType?.MediaType ?? ""];
            Assert.True(media is not null, $"{where}: a body of type {sentType} is not described.");
            if (sentType?.MediaType == "application/json")
            {
                MustBeValid($"{where}, request", media["schema"]!, sent);
            }
        }

        if (reply.Status == 405)
        {
            return;
        }

        var response = operation["responses"]![reply.Status.ToString(CultureInfo.InvariantCulture)];
        Assert.True(response is not null, $"{where} is not described: {reply.Body}");
        if (reply.Bytes.IsEmpty || reply.ContentType is not { } type || type == "text/html")
        {
            return;
        }

        if (response["content"]?["*/*"] is not null)
        {
            return; // a file, of whatever type it is
        }

        Assert.True(response["content"]?[type] is not null, $"{where}: a response of type {type} is not described.");
        if (type.EndsWith("json", StringComparison.Ordinal))
        {
            MustBeValid(where, response["content"]![type]!["schema"]!, reply.Body);
        }

        if (type == "application/problem+json")
        {
            var slug = reply.Text("/type")["urn:humantasks:problem:".Length..];
            Assert.True(response["content"]![type]!["examples"]?[slug] is not null, $"{where}: the problem '{slug}' is not described.");
        }
    }

    private (string Template, JsonNode Operation)? OperationOf(string method, string path)
    {
        var plain = path.Split('?')[0];
        var template = templates.FirstOrDefault(known => known.Path.IsMatch(plain)).Template;
        return template is not null && document["paths"]![template]![method.ToLowerInvariant()] is { } operation ? (template, operation) : null;
    }

    private void MustBeValid(string where, JsonNode schema, string json)
    {
        var text = schema.ToJsonString();
        var known = schemas.GetOrAdd(text, Whole);
        using var value = JsonDocument.Parse(json);
        var results = known.Evaluate(value.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, $"{where} is not as described:\n{string.Join('\n', Errors(results))}\n{json}");
    }

    private static IEnumerable<string> Errors(EvaluationResults results) => (results.Details ?? [])
        .Where(detail => detail.Errors is not null)
        .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
        .Take(20);

    /// <summary>The schema with all that it may refer to, as a document of its own.</summary>
    private JsonSchema Whole(string schema)
    {
        var whole = JsonNode.Parse(schema)!.AsObject();
        var all = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var choice in all.Select(entry => entry.Value!.AsObject()))
        {
            choice.Remove("discriminator"); // of OpenAPI, and no keyword of JSON Schema
        }

        whole["$defs"] = all;
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }
}
