using System.Text.Json.Serialization;

namespace HumanTasks.Web.Outbox;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OutboxAnswer))]
internal sealed partial class OutboxJson : JsonSerializerContext;
