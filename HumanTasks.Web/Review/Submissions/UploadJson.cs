using System.Text.Json.Serialization;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Review.Submissions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PendingUpload))]
[JsonSerializable(typeof(FileKey))]
internal sealed partial class UploadJson : JsonSerializerContext;
