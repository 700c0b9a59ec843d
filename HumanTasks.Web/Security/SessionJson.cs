using System.Text.Json.Serialization;

namespace HumanTasks.Web.Security;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StudioSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
