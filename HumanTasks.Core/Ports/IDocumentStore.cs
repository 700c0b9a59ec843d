namespace HumanTasks.Core.Ports;

/// <summary>
/// Stores small documents by owner and key, such as codes, sessions, drafts, comments and link events. A write is
/// durable when its task completes; otherwise nothing was written.
/// </summary>
public interface IDocumentStore
{
    Task<Document?> FindAsync(string owner, string key, CancellationToken cancellationToken);

    /// <summary>Returns the documents of an owner whose keys start with a prefix, ordered by key (ordinal).</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="prefix">The prefix of the keys; empty for all.</param>
    /// <param name="limit">The maximum number of documents, at least 1.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    Task<IReadOnlyList<Document>> ListAsync(string owner, string prefix, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a document whose version is one above the stored version; the first version is 1. Returns false without
    /// writing if the stored version differs.
    /// </summary>
    Task<bool> PutAsync(Document document, CancellationToken cancellationToken);

    Task DeleteAsync(string owner, string key, CancellationToken cancellationToken);

    /// <summary>Deletes all documents of an owner.</summary>
    Task DeleteOwnerAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> expired documents. Returns their number.</summary>
    Task<int> PurgeDocumentsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <param name="Owner">
/// The owner: a run ID or a word. Letters, digits, '-', '_', '.' and '~', up to 200 characters.
/// </param>
/// <param name="Key">The key, unique within the owner; the same characters, up to 200.</param>
/// <param name="Body">The content, up to a few megabytes.</param>
/// <param name="Version">The version, from 1, used as the optimistic lock of a write.</param>
/// <param name="ExpiresAt">The time of expiry; null for a document that is deleted only with its owner.</param>
public sealed record Document(
    string Owner, string Key, ReadOnlyMemory<byte> Body, int Version = 1, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Returns the document with another body, at the next version.</summary>
    public Document With(ReadOnlyMemory<byte> body) => this with { Body = body, Version = Version + 1 };
}
