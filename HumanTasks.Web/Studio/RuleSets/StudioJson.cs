using System.Text.Json.Serialization;

namespace HumanTasks.Web.Studio.RuleSets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckAnswer))]
internal sealed partial class StudioJson : JsonSerializerContext;
