using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

/// <summary>The result for one task of a bulk action.</summary>
/// <param name="Status">An HTTP status; 204 for success.</param>
/// <param name="Type">The type of the problem, for a failure.</param>
/// <param name="Detail">Why it failed, as text.</param>
public sealed record BulkItem(
    string Id,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);
