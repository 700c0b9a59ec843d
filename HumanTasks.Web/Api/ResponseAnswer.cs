using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Api;

/// <summary>A response to a task.</summary>
/// <param name="Verified">
/// How the responder was verified: <c>link</c>, <c>code</c>, <c>session</c> or <c>apiKey</c>.
/// </param>
/// <param name="RunId">The ID of the run that continues with this response.</param>
public sealed record ResponseAnswer(
    string Id,
    int Round,
    DateTimeOffset At,
    string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Verified,
    string Outcome,
    string? Reason,
    JsonObject Values,
    string RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Defaulted)
{
    public static ResponseAnswer Of(HumanResponse response) => new(
        response.Id,
        response.Round,
        response.At,
        response.By,
        response.Verified?.Word(),
        response.Rejects ? "rejected" : "completed",
        response.Reason,
        response.GivenValues(),
        response.ResumedRunId,
        response.Defaulted);
}
