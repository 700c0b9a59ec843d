using System.Text.Json.Serialization;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Stored;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>The source-generated JSON serialization of Core's records, for stores and across boundaries.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    MaxDepth = 128,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(StoredTask))]
[JsonSerializable(typeof(HumanResponse))]
[JsonSerializable(typeof(IReadOnlyList<LogLine>))]
[JsonSerializable(typeof(LogLine[]))]
[JsonSerializable(typeof(TaskState.Completed), TypeInfoPropertyName = "TaskCompleted")]
[JsonSerializable(typeof(TaskState.Cancelled), TypeInfoPropertyName = "TaskCancelled")]
[JsonSerializable(typeof(TaskState.Expired), TypeInfoPropertyName = "TaskExpired")]
[JsonSerializable(typeof(TaskEvent))]
[JsonSerializable(typeof(Turn))]
[JsonSerializable(typeof(Next))]
[JsonSerializable(typeof(OutboxMail))]
[JsonSerializable(typeof(DateTime))]
public sealed partial class CoreJson : JsonSerializerContext;
