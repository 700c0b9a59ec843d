using System.Reflection;
using System.Text.Json.Nodes;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Description;

/// <summary>The parameters of operations: of the path, of the query as the handlers take it, and of the headers.</summary>
internal static class Parameters
{
    private const string Reference = "#/components/parameters/";

    private static readonly Dictionary<string, string> Says = new(StringComparer.Ordinal)
    {
        ["token"] = "The token of the link.",
        ["id"] = "The ID of the resource.",
        ["name"] = "The name of the rule set.",
        ["fileId"] = "The ID of the file.",
        ["responseId"] = "The ID of the response.",
        ["cursor"] = "The 'next' of the page before, unchanged.",
        ["limit"] = "How many items a page has. Default 50.",
        ["status"] = "Only items with this status.",
        ["sort"] = "The order of the items.",
        ["q"] = "Only tasks that have this text.",
        ["assignee"] = "Only tasks of this email address; 'me' is the signed-in member.",
        ["runId"] = "Only tasks of this run.",
        ["ruleSet"] = "Only runs of this rule set.",
        ["correlationId"] = "Only runs with this correlation ID.",
        ["version"] = "The version; the latest without it.",
    };

    /// <summary>Header parameters by the name under which operations refer to them.</summary>
    public static JsonObject Shared() => new()
    {
        ["IdempotencyKey"] = Parameter(Idempotency.Header, "header", Text(1, 200), "Makes a repeated request return the first response for 24 hours."),
        ["Prefer"] = Parameter("Prefer", "header", Text(pattern: "wait=[0-9]+"), "'wait=N' waits up to N seconds, at most 60, for the end (RFC 7240)."),
        ["IfNoneMatch"] = Parameter("If-None-Match", "header", Text(), "The ETag that you have: 304 when nothing changed."),
        ["Environment"] = Parameter(
            SessionAuthentication.EnvironmentHeader, "header", Text(), "The environment in which a signed-in member acts. An API key has its own."),
    };

    public static JsonArray Of(RouteEndpoint endpoint, string method)
    {
        var metadata = endpoint.Metadata;
        JsonArray parameters = [.. endpoint.RoutePattern.Parameters.Select(parameter =>
            Parameter(parameter.Name, "path", new JsonObject { ["type"] = "string" }, SaysOf(parameter.Name), required: true))];
        foreach (var name in QueryOf(endpoint))
        {
            parameters.Add(Parameter(name, "query", SchemaOf(endpoint, name), SaysOf(name)));
        }

        if (Surfaces.Of(endpoint) == Surface.Api && HttpMethods.IsPost(method))
        {
            Add("IdempotencyKey");
        }

        if (Surfaces.Of(endpoint) == Surface.Api && metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            Add("Environment");
        }

        if (metadata.GetMetadata<TakesPrefer>() is not null)
        {
            Add("Prefer");
        }

        if (metadata.GetMetadata<HasETag>() is not null)
        {
            Add("IfNoneMatch");
        }

        return parameters;

        void Add(string name) => parameters.Add(new JsonObject { ["$ref"] = Reference + name });
    }

    /// <summary>What the handler takes from the query: its texts and numbers that are no part of the path.</summary>
    public static IReadOnlyList<string> QueryOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>() is not { } handler ? []
        : [.. handler.GetParameters()
            .Where(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(int?))
            .Select(parameter => parameter.Name!)
            .Where(name => endpoint.RoutePattern.GetParameter(name) is null)];

    private static JsonObject SchemaOf(RouteEndpoint endpoint, string name) =>
        endpoint.Metadata.GetOrderedMetadata<ParameterWords>().FirstOrDefault(words => words.Parameter == name) is { } known
            ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. known.Words.Select(word => JsonValue.Create(word))]) }
            : name switch
            {
                "limit" => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ListLimit.Max, ["default"] = 50 },
                "version" => new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
                _ => new JsonObject { ["type"] = "string" },
            };

    private static string SaysOf(string name) =>
        Says.TryGetValue(name, out var says) ? says : throw new InvalidOperationException($"The parameter '{name}' is not described.");

    private static JsonObject Text(int? min = null, int? max = null, string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        (string Name, JsonNode? Value)[] more = [("minLength", min), ("maxLength", max), ("pattern", pattern)];
        foreach (var (name, value) in more.Where(entry => entry.Value is not null))
        {
            schema[name] = value;
        }

        return schema;
    }

    private static JsonObject Parameter(string name, string place, JsonObject schema, string says, bool required = false)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["description"] = says, ["schema"] = schema };
        if (required)
        {
            parameter["required"] = true;
        }

        return parameter;
    }
}
