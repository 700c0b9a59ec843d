using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Description;

/// <summary>The descriptions of the wire: <c>/openapi/v1.json</c> and the JSON Schemas of forms and rule sets.</summary>
internal static class DescriptionEndpoints
{
    private const string Cached = "public, max-age=3600";

    public static void MapDescriptions(this IEndpointRouteBuilder endpoints)
    {
        // made with the first request: all endpoints are mapped by then
        var document = new Lazy<JsonObject>(() => OpenApiDocument.Of(endpoints.DataSources.SelectMany(source => source.Endpoints)));
        endpoints.MapGet("/openapi/v1.json", (HttpContext context, HumanTasksOptions options) =>
        {
            var reached = document.Value.DeepClone().AsObject();
            reached.Insert(2, "servers", new JsonArray(new JsonObject { ["url"] = AddressOf(context.Request, options) }));
            return TypedResults.Json(reached, Api.WebJson.Default.JsonObject);
        }).ExcludeFromDescription();

        endpoints.MapSchema("form", "Form", FormShape.Shape);
        endpoints.MapSchema("rule-set", "RuleSet", RuleSetShape.Shape);
    }

    private static void MapSchema(this IEndpointRouteBuilder endpoints, string file, string title, Shape shape)
    {
        var schema = new Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)>(() =>
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(SchemaOf(title, shape), Api.WebJson.Default.JsonObject);
            return (bytes, Api.WeakTag.Of(bytes));
        });
        endpoints.MapGet($"/schemas/{file}.json", (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = Cached;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return TypedResults.Bytes(schema.Value.Bytes, "application/schema+json", entityTag: schema.Value.Tag);
            })
            .MayBeCached()
            .Tagged()
            .WithTags("Schemas")
            .WithSummary(file == "form" ? "Gets the JSON Schema (2020-12) of forms." : "Gets the JSON Schema (2020-12) of rule sets.")
            .Operation($"get{title}Schema")
            .Produces<JsonObject>(contentType: "application/schema+json");
    }

    /// <summary>A document of its own: the shape at the top, what it refers to in <c>$defs</c>.</summary>
    public static JsonObject SchemaOf(string title, Shape shape)
    {
        var definitions = new Definitions("#/$defs/");
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (name, value) in shape.Schema(definitions))
        {
            schema[name] = value?.DeepClone();
        }

        schema["$defs"] = definitions.ToJson();
        return schema;
    }

    /// <summary>Where the API is reached: the public address as it is configured, or as this request came, behind whatever proxy.</summary>
    private static string AddressOf(HttpRequest request, HumanTasksOptions options) =>
        options.PublicBaseAddress?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
}
