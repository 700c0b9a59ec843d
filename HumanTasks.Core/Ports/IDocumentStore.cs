namespace HumanTasks.Core.Ports;

/// <summary>
/// Small documents that belong to something and are found by its name: codes, sessions, drafts, comments, what happened to
/// a link. Every write is durable when its task completes, or it did not happen.
/// </summary>
public interface IDocumentStore
{
    Task<Document?> FindAsync(string owner, string key, CancellationToken cancellationToken);

    /// <summary>The documents of an owner whose keys begin with a text, by key (ordinal).</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="prefix">What the keys begin with; empty for all.</param>
    /// <param name="limit">At least 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<Document>> ListAsync(string owner, string prefix, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a document whose version is one above the one that is there; the first has version 1. False, and nothing
    /// written, when another one is there.
    /// </summary>
    Task<bool> PutAsync(Document document, CancellationToken cancellationToken);

    Task DeleteAsync(string owner, string key, CancellationToken cancellationToken);

    /// <summary>Deletes everything of an owner.</summary>
    Task DeleteOwnerAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> documents whose time is over; answers how many.</summary>
    Task<int> PurgeDocumentsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <param name="Owner">What it belongs to: a run's id, or a word. Letters, digits, '-', '_', '.' and '~', at most 200.</param>
/// <param name="Key">Unique with its owner; of the same characters, at most 200.</param>
/// <param name="Body">At most some megabytes.</param>
/// <param name="Version">From 1; the optimistic lock of a write.</param>
/// <param name="ExpiresAt">When it goes by itself; null for one that goes with its owner.</param>
public sealed record Document(
    string Owner, string Key, ReadOnlyMemory<byte> Body, int Version = 1, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The same document with another body, at the next version.</summary>
    public Document With(ReadOnlyMemory<byte> body) => this with { Body = body, Version = Version + 1 };
}
