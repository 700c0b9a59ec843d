using System.Text.Json.Serialization;

namespace HumanTasks.Web.Review.Drafts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(DraftSaved))]
internal sealed partial class DraftJson : JsonSerializerContext;
