using System.Text.Json.Serialization;
using HumanTasks.Web.Errors;

namespace HumanTasks.Web.Api;

/// <summary>A saved rule set.</summary>
/// <param name="Name">The name of the rule set.</param>
/// <param name="Version">The version with this content.</param>
/// <param name="Hints">Notes that are not problems but may be surprising; absent without any.</param>
public sealed record RuleSetSaved(
    string Name,
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InputError>? Hints);
