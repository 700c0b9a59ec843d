using System.Text.Json.Serialization;

namespace HumanTasks.Web.Studio.Tasks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<SavedView>))]
internal sealed partial class SavedViewJson : JsonSerializerContext;
