using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Agents;

/// <summary>
/// The conversations of runs with models, call by call, beside the runs and gone with them. A call is written once: whoever
/// comes second, after a crash or in a race, finds what the first one was answered and does not ask again.
/// </summary>
public sealed class Transcripts(IDocumentStore documents)
{
    private const int MaxCalls = 10_000;

    /// <summary>All calls of one agent, oldest first.</summary>
    public async Task<IReadOnlyList<ModelCall>> ReadAsync(string runId, string action, CancellationToken cancellationToken) =>
        Read(await documents.ListAsync(runId, Prefix(action), MaxCalls, cancellationToken));

    /// <summary>All calls of a run, agent by agent, oldest first.</summary>
    public async Task<IReadOnlyList<ModelCall>> ReadAsync(string runId, CancellationToken cancellationToken) =>
        [.. Read(await documents.ListAsync(runId, "agent~", MaxCalls, cancellationToken)).OrderBy(call => call.At)];

    private async Task<ModelCall?> FindAsync(string runId, string action, int number, CancellationToken cancellationToken) =>
        await documents.FindAsync(runId, Key(action, number), cancellationToken) is { } found ? Read(found) : null;

    /// <summary>Writes a call; answers the one that is there, which is another one when somebody was faster.</summary>
    internal async Task<ModelCall> AddAsync(string runId, ModelCall call, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(call, TranscriptJson.Default.ModelCall);
        return await documents.PutAsync(new Document(runId, Key(call.Action, call.Number), body), cancellationToken)
            ? call
            : await FindAsync(runId, call.Action, call.Number, cancellationToken)
                ?? throw new InvalidOperationException($"The call {call.Number} of {call.Action} is neither there nor to be written.");
    }

    private static IReadOnlyList<ModelCall> Read(IReadOnlyList<Document> found) => [.. found.Select(Read)];

    private static ModelCall Read(Document document) =>
        JsonSerializer.Deserialize(document.Body.Span, TranscriptJson.Default.ModelCall)
        ?? throw new InvalidOperationException($"The call {document.Key} is empty.");

    private static string Prefix(string action) => $"agent~{action}~";

    private static string Key(string action, int number) => Prefix(action) + number.ToString("D6", CultureInfo.InvariantCulture);
}

/// <summary>One call of a model: what it was told since the last one, and what it answered.</summary>
/// <param name="Action">Of which agent.</param>
/// <param name="Number">From 1.</param>
/// <param name="RequestId">The same for every attempt at it.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Milliseconds">How long that took.</param>
/// <param name="Model">As the provider calls it.</param>
/// <param name="InputTokens">What it was told, all of the conversation.</param>
/// <param name="OutputTokens">What it answered.</param>
/// <param name="Given">What it was told since the last call.</param>
/// <param name="Said">What it answered.</param>
/// <param name="Unusable">Why the answer is of no use; null for one that is.</param>
public sealed record ModelCall(
    string Action,
    int Number,
    string RequestId,
    DateTimeOffset At,
    long Milliseconds,
    string Model,
    long InputTokens,
    long OutputTokens,
    IReadOnlyList<AgentPart> Given,
    IReadOnlyList<AgentPart> Said,
    string? Unusable = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ModelCall))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
