using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Description;

/// <summary>
/// The OpenAPI 3.1 description of the HTTP API, made of what reads requests, what writes answers and what routes them. It has
/// no servers: those depend on how the document is reached.
/// </summary>
internal static class OpenApiDocument
{
    private const string ApiKey = "apiKey";
    private const string Session = "session";
    private const string AntiforgeryToken = "antiforgeryToken";
    private const string LinkSession = "linkSession";

    private static readonly (string Name, string Says)[] Tags =
    [
        ("Rule sets", "Named, versioned lists of actions."),
        ("Runs", "Executions of rule sets."),
        ("Human interventions", "Public, time-limited links to a form."),
        ("Human tasks", "Forms for named assignees."),
        ("Review", "Review links, for people and for programs."),
        ("Isolated link", "Secure links, which ask for a one-time code."),
        ("Webhooks", "Responses that are delivered to webhooks."),
        ("Members", "The caller and their sessions."),
        ("Overview", "How an environment stands."),
        ("Branding", "How pages and emails of an environment look."),
        ("Receipts", "The public keys of signed receipts."),
        ("Schemas", "JSON Schemas of forms and rule sets."),
        ("Sign-in", "Sign-in of Studio members."),
        ("Health", "Whether the service is alive and ready."),
    ];

    public static JsonObject Of(IEnumerable<Endpoint> endpoints)
    {
        var definitions = new Definitions("#/components/schemas/") { HasDiscriminators = true };
        var answers = new AnswerSchemas(definitions);
        definitions.Of("Problem", () => Responses.Problem(answers));
        SortedDictionary<string, JsonObject> paths = new(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>().Where(IsDescribed))
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var operations = paths.TryGetValue(path, out var known) ? known : paths[path] = [];
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                operations[method.ToLowerInvariant()] = OperationOf(endpoint, method, definitions, answers);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "HumanTasks",
                ["version"] = "1.0.0",
                ["description"] = "Pauses automated runs for a person and resumes them exactly once.",
                ["contact"] = new JsonObject { ["name"] = "HumanTasks" },
                ["license"] = new JsonObject { ["name"] = "See the repository", ["identifier"] = "LicenseRef-HumanTasks" },
            },
            ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Says })]),
            ["paths"] = new JsonObject(paths.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = definitions.ToJson(),
                ["parameters"] = Parameters.Shared(),
                ["headers"] = Responses.SharedHeaders(),
                ["securitySchemes"] = SecuritySchemes(),
            },
        };
    }

    /// <summary>Whether an endpoint is part of the description: it is for programs, and not only for pages.</summary>
    private static bool IsDescribed(RouteEndpoint endpoint)
    {
        var isNamed = endpoint.Metadata.GetMetadata<OperationName>() is not null;
        if (endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is { ExcludeFromDescription: true })
        {
            return false;
        }

        return isNamed || Surfaces.Of(endpoint) == Surface.Open
            ? isNamed
            : throw new InvalidOperationException($"The endpoint {endpoint.RoutePattern.RawText} is neither described nor excluded from the description.");
    }

    private static JsonObject OperationOf(RouteEndpoint endpoint, string method, Definitions definitions, AnswerSchemas answers)
    {
        var metadata = endpoint.Metadata;
        var summary = metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary;
        var operation = new JsonObject
        {
            ["operationId"] = IdOf(endpoint, method),
            ["tags"] = new JsonArray([.. metadata.GetMetadata<ITagsMetadata>()!.Tags.Select(tag => JsonValue.Create(tag))]),
            ["summary"] = summary.TrimEnd('.'),
            ["description"] = string.Join(' ', new[] { metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description ?? summary, NeedsOf(endpoint) }.OfType<string>()),
            ["security"] = SecurityOf(endpoint, method),
        };
        if (Parameters.Of(endpoint, method) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (BodyOf(metadata, definitions) is { } body)
        {
            operation["requestBody"] = body;
        }

        var slugs = ProblemTypes.Of(endpoint, method, Parameters.QueryOf(endpoint).Count > 0);
        operation["responses"] = Responses.Of(endpoint, method, slugs, answers);
        return operation;
    }

    private static string IdOf(RouteEndpoint endpoint, string method)
    {
        var id = endpoint.Metadata.GetMetadata<OperationName>()!.Id;
        id = Surfaces.Of(endpoint) switch
        {
            Surface.Review => id.Replace("Link", "ReviewLink", StringComparison.Ordinal),
            Surface.SecureLink => id.Replace("Link", "SecureLink", StringComparison.Ordinal),
            _ => id,
        };
        return HttpMethods.IsHead(method) ? $"head{char.ToUpperInvariant(id[0])}{id[1..]}" : id;
    }

    private static string? NeedsOf(Endpoint endpoint)
    {
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>();
        return policies.LastOrDefault() switch
        {
            Callers.MemberPolicy => "Needs a member's session.",
            Scopes.Respond => $"Needs the scope '{Scopes.Tasks}'.",
            { } scope => $"Needs the scope '{scope}'.",
            null => null,
        };
    }

    private static JsonArray SecurityOf(Endpoint endpoint, string method)
    {
        var isReading = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (Surfaces.Of(endpoint) == Surface.SecureLink)
        {
            return [new JsonObject(), new JsonObject { [LinkSession] = new JsonArray() }];
        }

        if (endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return [];
        }

        var session = new JsonObject { [Session] = new JsonArray() };
        if (!isReading)
        {
            session[AntiforgeryToken] = new JsonArray();
        }

        return endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Callers.MemberPolicy)
            ? [session]
            : [new JsonObject { [ApiKey] = new JsonArray() }, session];
    }

    private static JsonObject SecuritySchemes() => new()
    {
        [ApiKey] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "An API key, 'ht_' and 43 characters. It belongs to one environment and has scopes.",
        },
        [Session] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = StudioSessions.CookieName,
            ["description"] = "The session of a signed-in member.",
        },
        [AntiforgeryToken] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "X-CSRF-Token",
            ["description"] = "The 'csrfToken' of GET /api/me, for changes with a session.",
        },
        [LinkSession] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = Review.Isolated.TaskSessions.CookieName,
            ["description"] = "The session of one secure link, after verification.",
        },
    };

    private static JsonObject? BodyOf(EndpointMetadataCollection metadata, Definitions definitions)
    {
        var content = new JsonObject();
        if (metadata.GetMetadata<TakenBody>() is { } taken)
        {
            content["application/json"] = new JsonObject { ["schema"] = definitions.Of(taken.Shape) };
        }

        foreach (var type in metadata.GetMetadata<OtherBodies>()?.MediaTypes ?? [])
        {
            content[type] = new JsonObject
            {
                ["schema"] = type.Contains("form", StringComparison.Ordinal)
                    ? new JsonObject { ["type"] = "object", ["description"] = "The fields by name." }
                    : new JsonObject { ["type"] = "string", ["format"] = "binary" },
            };
        }

        return content.Count == 0 ? null : new JsonObject
        {
            ["required"] = metadata.GetMetadata<TakenBody>() is not { IsOptional: true },
            ["content"] = content,
        };
    }
}
