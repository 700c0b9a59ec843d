using System.Text.Json.Serialization;

namespace HumanTasks.Core.Engine;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Comment))]
internal sealed partial class JournalJson : JsonSerializerContext;
