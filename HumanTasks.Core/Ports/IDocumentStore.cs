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
