using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Core.Tasks;

/// <summary>An accepted response to a task. An accepted response is delivered exactly once.</summary>
public sealed record HumanResponse
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    public required string RunId { get; init; }

    public required int Round { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The person who responded, if known.</summary>
    public string? By { get; init; }

    /// <summary>How the person was verified; null for older responses.</summary>
    public Verification? Verified { get; init; }

    /// <summary>The seat of the person in a task for several people; otherwise null.</summary>
    public int? Seat { get; init; }

    /// <summary>Whether this is the default response, applied because nobody responded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Defaulted { get; init; }

    /// <summary>
    /// The validated values of the form as they are passed on: null for a field that was emptied or hidden, and no
    /// member for one that a program left out. Empty for a rejection. Older responses contain no null.
    /// </summary>
    public required JsonObject Values { get; init; }

    /// <summary>The values for callers, without empty members, also in the rows of tables.</summary>
    public JsonObject GivenValues() => Given(Values);

    private static JsonObject Given(JsonObject members) => new(members
        .Where(member => member.Value is not null)
        .Select(member => KeyValuePair.Create(member.Key, Given(member.Value!))));

    private static JsonNode? Given(JsonNode value) => value is JsonArray items
        ? new JsonArray([.. items.Select(item => item is JsonObject row ? Given(row) : item?.DeepClone())])
        : value.DeepClone();

    /// <summary>Whether the person declined; <see cref="Reason"/> gives the reason.</summary>
    public bool Rejects { get; init; }

    public string? Reason { get; init; }

    /// <summary>The idempotency key of the submission, unique within the task.</summary>
    public string? SubmissionKey { get; init; }

    /// <summary>A hash of the submission, which detects a different submission under the same key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The remaining uses after this response, as returned to the sender; null for older responses.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>The signed receipt (JWS, RFC 7515); null for older responses.</summary>
    public string? Receipt { get; init; }

    /// <summary>The run that continues with this response.</summary>
    public required string ResumedRunId { get; init; }
}
