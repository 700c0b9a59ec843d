using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Api;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Drafts;
using HumanTasks.Web.Wire;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Description;

/// <summary>
/// The JSON Schemas of answers, made of the records that are written. A member is required unless it is left out when it is
/// empty.
/// </summary>
internal sealed class AnswerSchemas(Definitions definitions)
{
    private static readonly JsonSerializerContext[] Contexts = [WebJson.Default, ReviewJson.Default, DraftJson.Default, BrandAnswerJson.Default];

    private static readonly Dictionary<(Type, string), string[]> Words = new()
    {
        [(typeof(RunItem), "status")] = WireNames.All<RunStatus>(),
        [(typeof(RunAnswer), "status")] = WireNames.All<RunStatus>(),
        [(typeof(RunStarted), "status")] = WireNames.All<RunStatus>(),
        [(typeof(TaskItem), "status")] = WireNames.All<TaskStatus>(),
        [(typeof(TaskAnswer), "status")] = WireNames.All<TaskStatus>(),
        [(typeof(SeatItem), "status")] = ["pending", "completed", "rejected"],
        [(typeof(HealthAnswer), "status")] = ["healthy", "degraded", "unavailable"],
        [(typeof(DeliveryItem), "status")] = ["waiting", "delivered", "failed", "cancelled"],
    };

    public JsonObject Of(Type type) =>
        type == typeof(string) ? new JsonObject { ["type"] = "string" }
        : type == typeof(JsonObject) ? new JsonObject { ["type"] = "object", ["additionalProperties"] = true }
        : definitions.Of(NameOf(type), () => Export(type));

    private JsonObject Export(Type type)
    {
        var description = Contexts.Select(context => context.GetTypeInfo(type)).OfType<JsonTypeInfo>().First();
        return description.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Mended(type, context, node),
        }).AsObject();
    }

    private JsonNode Mended(Type root, JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = node is JsonObject { } given && given["type"] is JsonArray types && types.Any(word => (string?)word == "null");
        if (type == typeof(DateTimeOffset)) // its converter is ours
        {
            return new JsonObject
            {
                ["type"] = type == context.TypeInfo.Type ? "string" : new JsonArray("string", "null"),
                ["format"] = "date-time",
            };
        }

        if (type == typeof(JsonObject)) // with whatever members it has, which generators of clients must be told
        {
            node["additionalProperties"] = true;
        }

        if (node is not JsonObject schema)
        {
            return new JsonObject(); // a schema that allows anything, as clients understand it
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && IsOurs(type))
        {
            if (type != root || context.PropertyInfo is not null)
            {
                return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(Of(type), new JsonObject { ["type"] = "null" }) } : Of(type);
            }

            schema["type"] = "object";
            schema["required"] = new JsonArray([.. context.TypeInfo.Properties
                .Where(property => property.Get is not null && !IsLeftOut(property))
                .Select(property => JsonValue.Create(property.Name))]);
            foreach (var ((of, member), words) in Words.Where(entry => entry.Key.Item1 == type))
            {
                schema["properties"]![member] = new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
                };
            }
        }

        return schema;
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("HumanTasks", StringComparison.Ordinal) == true;

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider is MemberInfo member
        && member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: not JsonIgnoreCondition.Never };

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.GetGenericArguments()[0].Name}List" : type.Name;
}
