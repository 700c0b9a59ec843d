using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Agents;

/// <summary>
/// The conversations of runs with models, one record per call, stored beside the runs and deleted with them. A call is
/// written once: after a crash or in a race, the second writer gets the first answer and does not call the model again.
/// </summary>
public sealed class Transcripts(IDocumentStore documents)
{
    private const int MaxCalls = 10_000;

    /// <summary>Returns all calls of one agent, oldest first.</summary>
    public async Task<IReadOnlyList<ModelCall>> ReadAsync(string runId, string action, CancellationToken cancellationToken) =>
        Read(await documents.ListAsync(runId, Prefix(action), MaxCalls, cancellationToken));

    /// <summary>Returns all calls of a run's agents, oldest first.</summary>
    public async Task<IReadOnlyList<ModelCall>> ReadAsync(string runId, CancellationToken cancellationToken) =>
        [.. Read(await documents.ListAsync(runId, "agent~", MaxCalls, cancellationToken)).OrderBy(call => call.At)];

    private async Task<ModelCall?> FindAsync(string runId, string action, int number, CancellationToken cancellationToken) =>
        await documents.FindAsync(runId, Key(action, number), cancellationToken) is { } found ? Read(found) : null;

    /// <summary>
    /// Writes a call. Returns the stored call, which is a different one if another writer was faster.
    /// </summary>
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
