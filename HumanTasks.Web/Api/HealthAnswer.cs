using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

/// <summary>The readiness of the host.</summary>
/// <param name="Status">
/// <c>healthy</c>, <c>degraded</c> (it works, but some records cannot be read, some runs had an unexpected error, or
/// effects such as email fail) or <c>unavailable</c>.
/// </param>
/// <param name="Reason">Why it is unavailable or degraded.</param>
/// <param name="DamagedRecords">The number of records that were skipped because they cannot be read.</param>
/// <param name="FaultedRuns">
/// The number of runs with an unexpected error in the last hour that were neither retried nor cancelled since.
/// </param>
public sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DamagedRecords = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? FaultedRuns = null);
