using System.Text.Json.Serialization;

namespace HumanTasks.Web.Branding;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrandSettings))]
internal sealed partial class BrandJson : JsonSerializerContext;
