using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace HumanTasks.Web.Description;

/// <summary>The responses of operations: what they answer, and each problem with its slug.</summary>
internal static class Responses
{
    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";
    private const string Reference = "#/components/headers/";

    /// <summary>Headers by the name under which responses refer to them.</summary>
    public static JsonObject SharedHeaders() => new()
    {
        ["RetryAfter"] = Header("Seconds after which another attempt is worthwhile (RFC 9110).", "integer"),
        ["ETag"] = Header("A weak tag of what the response says (RFC 9110).", "string"),
        ["Location"] = Header("Where the resource is.", "string"),
        ["PreferenceApplied"] = Header("'wait' when the request waited (RFC 7240).", "string"),
        ["IdempotencyReplayed"] = Header("'true' when this is the first response again.", "string"),
    };

    /// <summary>The schema of a problem (RFC 9457).</summary>
    public static JsonObject Problem(AnswerSchemas answers) => new()
    {
        ["type"] = "object",
        ["description"] = "Problem details (RFC 9457).",
        ["required"] = new JsonArray("type", "title", "status"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["description"] = $"{ApiProblem.TypeOf("")} and a slug." },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["correlationId"] = new JsonObject { ["type"] = "string" },
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = answers.Of(typeof(InputError)) },
            ["triesLeft"] = new JsonObject { ["type"] = "integer", ["description"] = "How many more codes may be tried." },
            ["maskedAddress"] = new JsonObject { ["type"] = "string", ["description"] = "Where codes are sent, in part." },
        },
    };

    public static JsonObject Of(Endpoint endpoint, string method, IReadOnlyList<string> slugs, AnswerSchemas answers)
    {
        SortedDictionary<int, JsonObject> responses = [];
        var metadata = endpoint.Metadata;
        var isApi = Surfaces.Of(endpoint) == Surface.Api;
        foreach (var produced in metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(produced => produced.Type != typeof(ProblemDetails)))
        {
            var response = responses.TryGetValue(produced.StatusCode, out var known) ? known : responses[produced.StatusCode] = Response(produced.StatusCode);
            foreach (var type in TypesOf(produced).Where(_ => !HttpMethods.IsHead(method)))
            {
                // a file comes with the type that it was uploaded with
                Put(response, "content", type == Bytes ? "*/*" : type, new JsonObject { ["schema"] = SchemaOf(produced, type, answers) });
            }
        }

        foreach (var (status, response) in responses.Where(entry => entry.Key < 400))
        {
            Refer(response, "ETag", "ETag", metadata.GetMetadata<HasETag>() is not null);
            Refer(response, "Preference-Applied", "PreferenceApplied", metadata.GetMetadata<TakesPrefer>() is not null);
            Refer(response, "Location", "Location", status == StatusCodes.Status303SeeOther || (isApi && status is StatusCodes.Status201Created or StatusCodes.Status202Accepted));
            Refer(response, "Idempotency-Replayed", "IdempotencyReplayed", isApi && HttpMethods.IsPost(method));
        }

        if (metadata.GetMetadata<HasETag>() is not null)
        {
            responses[StatusCodes.Status304NotModified] = Response(StatusCodes.Status304NotModified);
            Refer(responses[StatusCodes.Status304NotModified], "ETag", "ETag", true);
        }

        foreach (var group in slugs.GroupBy(slug => ProblemTypes.All[slug].Status))
        {
            responses[group.Key] = Merged(responses.GetValueOrDefault(group.Key), Refusal(group.Key, [.. group], HttpMethods.IsHead(method)));
        }

        return new JsonObject(responses.Select(entry =>
            KeyValuePair.Create(entry.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)entry.Value)));
    }

    private static IEnumerable<string> TypesOf(IProducesResponseTypeMetadata produced) =>
        produced.Type is null || produced.Type == typeof(void) ? produced.ContentTypes.Where(type => type != Json)
        : produced.ContentTypes.Any() ? produced.ContentTypes
        : [Json];

    private static JsonObject SchemaOf(IProducesResponseTypeMetadata produced, string type, AnswerSchemas answers) =>
        type is "text/html" or "text/plain" ? new JsonObject { ["type"] = "string" }
        : produced.Type is { } answer && answer != typeof(void) ? answers.Of(answer)
        : new JsonObject { ["type"] = "string", ["format"] = "binary" };

    private static JsonObject Refusal(int status, string[] slugs, bool isHead)
    {
        var response = new JsonObject { ["description"] = string.Join(" ", slugs.Select(slug => $"`{slug}`: {ProblemTypes.All[slug].Title}.")) };
        if (!isHead)
        {
            var examples = slugs.Select(slug => KeyValuePair.Create(slug, (JsonNode?)new JsonObject
            {
                ["value"] = new JsonObject
                {
                    ["type"] = ApiProblem.TypeOf(slug),
                    ["title"] = ProblemTypes.All[slug].Title,
                    ["status"] = status,
                },
            }));
            Put(response, "content", "application/problem+json", new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" },
                ["examples"] = new JsonObject(examples),
            });
        }

        Refer(response, "Retry-After", "RetryAfter", status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or 425 or StatusCodes.Status409Conflict);
        return response;
    }

    /// <summary>One response for what an operation answers and refuses with the same status, as readiness does with 503.</summary>
    private static JsonObject Merged(JsonObject? answer, JsonObject refusal)
    {
        if (answer?["content"] is not JsonObject content)
        {
            return refusal;
        }

        foreach (var (type, media) in content)
        {
            Put(refusal, "content", type, media!.DeepClone());
        }

        return refusal;
    }

    private static JsonObject Response(int status) => new() { ["description"] = ReasonPhrases.GetReasonPhrase(status) };

    private static JsonObject Header(string says, string type) =>
        new() { ["description"] = says, ["schema"] = new JsonObject { ["type"] = type } };

    private static void Refer(JsonObject response, string header, string name, bool applies)
    {
        if (applies)
        {
            Put(response, "headers", header, new JsonObject { ["$ref"] = Reference + name });
        }
    }

    private static void Put(JsonObject of, string member, string name, JsonNode value)
    {
        of[member] ??= new JsonObject();
        of[member]![name] = value;
    }
}
