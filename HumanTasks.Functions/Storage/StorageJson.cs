using System.Text.Json.Serialization;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>The JSON options for what only this adapter writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Todo))]
[JsonSerializable(typeof(IReadOnlyList<RunStart>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorageJson : JsonSerializerContext;
