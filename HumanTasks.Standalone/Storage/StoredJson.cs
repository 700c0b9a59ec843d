using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Stored;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The JSON of bodies: the records of Core without members that columns hold, zero numbers, false values, and the form
/// of a task's last round. Bodies with those members, written by an older release, can be read as well.
/// </summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(CoreJson.Default.Options)
    {
        TypeInfoResolver = CoreJson.Default.WithAddedModifier(LeaveOut),
    };

    public static readonly JsonTypeInfo<Run> Run = (JsonTypeInfo<Run>)Options.GetTypeInfo(typeof(Run));

    public static readonly JsonTypeInfo<StoredTask> Task = (JsonTypeInfo<StoredTask>)Options.GetTypeInfo(typeof(StoredTask));

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Type == typeof(Run))
        {
            LeaveOut(
                type, "id", "version", "environment", "ruleSet", "correlationId", "continuedFrom", "root", "availableUntil");
            LeaveOutZeros(type);
        }
        else if (type.Type == typeof(StoredTask))
        {
            LeaveOut(
                type, "id", "runId", "version", "environment", "ruleSet", "correlationId", "action", "title", "assignee",
                "dueAt", "expiresAt");
            LeaveOutZeros(type);
        }
        else if (type.Type == typeof(TaskRound))
        {
            Member(type, "form").ShouldSerialize =
                (_, form) => form is JsonElement { ValueKind: not JsonValueKind.Undefined };
        }
    }

    /// <summary>
    /// Leaves out zeros. A missing number is read as 0, whatever its record's default; MaxUses is never 0.
    /// </summary>
    private static void LeaveOutZeros(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member.PropertyType == typeof(int) || member.PropertyType == typeof(bool)))
        {
            member.ShouldSerialize ??= static (_, value) => value is not (0 or false);
        }
    }

    private static void LeaveOut(JsonTypeInfo type, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var member = Member(type, name);
            member.IsRequired = false;
            member.ShouldSerialize = static (_, _) => false;
        }
    }

    private static JsonPropertyInfo Member(JsonTypeInfo type, string name) => type.Properties.Single(member => member.Name == name);
}
