using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Core.Tasks;

/// <summary>What a person answered, from the moment at which it was accepted. Accepted means delivered, exactly once.</summary>
public sealed record HumanResponse
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    public required string RunId { get; init; }

    public required int Round { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who answered, where that is known.</summary>
    public string? By { get; init; }

    /// <summary>How it is known who answered; null for older responses.</summary>
    public Verification? Verified { get; init; }

    /// <summary>The seat from which it came, where several are asked; null where one is.</summary>
    public int? Seat { get; init; }

    /// <summary>Whether nobody answered and silence counts as this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Defaulted { get; init; }

    /// <summary>
    /// The checked values of the form, as they go on: null for a field that was emptied or hidden, and nothing for one that a
    /// program left out. Empty for a rejection. Older responses hold no null.
    /// </summary>
    public required JsonObject Values { get; init; }

    /// <summary>The values as everybody outside is told of them: without what is empty, in the rows of tables, too.</summary>
    public JsonObject GivenValues() => Given(Values);

    private static JsonObject Given(JsonObject members) => new(members
        .Where(member => member.Value is not null)
        .Select(member => KeyValuePair.Create(member.Key, Given(member.Value!))));

    private static JsonNode? Given(JsonNode value) => value is JsonArray items
        ? new JsonArray([.. items.Select(item => item is JsonObject row ? Given(row) : item?.DeepClone())])
        : value.DeepClone();

    /// <summary>True when the person declined to answer; <see cref="Reason"/> says why.</summary>
    public bool Rejects { get; init; }

    public string? Reason { get; init; }

    /// <summary>The idempotency key of the submission: the same key on the same task is the same submission.</summary>
    public string? SubmissionKey { get; init; }

    /// <summary>A hash of what was sent, to tell a repetition from another submission under the same key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How often the task could be answered after this, as its sender was told; null for older responses.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>What says in a way that can be checked that this was answered (RFC 7515); null for older responses.</summary>
    public string? Receipt { get; init; }

    /// <summary>The run that goes on with this answer.</summary>
    public required string ResumedRunId { get; init; }
}

/// <summary>How it is known who answered.</summary>
public enum Verification
{
    /// <summary>It is not: whoever had the link.</summary>
    Link,

    /// <summary>By a one-time code that was mailed to the assigned address.</summary>
    Code,

    /// <summary>By a session in the Studio.</summary>
    Session,

    /// <summary>A program answered with a key of the environment; whom it names is its own word.</summary>
    ApiKey,
}

public static class VerificationWords
{
    /// <summary>As the contract names it.</summary>
    public static string Word(this Verification verified) => verified switch
    {
        Verification.Link => "link",
        Verification.Code => "code",
        Verification.Session => "session",
        Verification.ApiKey => "apiKey",
        _ => throw new InvalidOperationException($"Unknown verification {verified}."),
    };
}
