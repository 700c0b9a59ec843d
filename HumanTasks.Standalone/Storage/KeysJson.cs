using System.Text.Json.Serialization;

namespace HumanTasks.Standalone.Storage;

[JsonSerializable(typeof(List<long>))]
internal sealed partial class KeysJson : JsonSerializerContext;
