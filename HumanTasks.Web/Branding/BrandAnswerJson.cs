using System.Text.Json.Serialization;

namespace HumanTasks.Web.Branding;

/// <summary>How branding is written as an answer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BrandAnswer))]
internal sealed partial class BrandAnswerJson : JsonSerializerContext;
