using System.Text.Json.Serialization;

namespace HumanTasks.Core.Links;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CodeState))]
internal sealed partial class CodeJson : JsonSerializerContext;
