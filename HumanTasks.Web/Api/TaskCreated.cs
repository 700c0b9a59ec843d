using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

/// <param name="Links">The link of each assignee by address, for several assignees; absent for one.</param>
public sealed record TaskCreated(
    string TaskId,
    string RunId,
    string CorrelationId,
    string Link,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Links)
{
    /// <summary>The default assignee, if a model named nobody; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UsualAssignee { get; init; }

    /// <summary>
    /// The address of the task in the Studio for the default assignee, if a model named nobody; absent otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StudioLink { get; init; }
}
