using System.Text.Json.Serialization;

namespace HumanTasks.Core.Engine.Actions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WaitingNotice))]
internal sealed partial class NoticeListJson : JsonSerializerContext;
