using System.Text.Json.Serialization;

namespace HumanTasks.Core.Agents;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ModelCall))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
