using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>The store of small documents by owner and key.</summary>
internal sealed class SqliteDocumentStore(Database database) : IDocumentStore
{
    private const string AfterAll = "\u007f"; // keys are visible ASCII

    public Task<Document?> FindAsync(string owner, string key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                using var row = connection
                    .Prepare("SELECT owner, id, version, expires_at, body FROM documents WHERE owner = ?1 AND id = ?2")
                    .Bind(owner)
                    .Bind(key);
                return row.Step() ? Read(row) : null;
            },
            cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(string owner, string prefix, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Document> (connection) =>
            {
                using var row = connection
                    .Prepare(
                        """
                        SELECT owner, id, version, expires_at, body FROM documents
                        WHERE owner = ?1 AND id >= ?2 AND id < ?3 ORDER BY id LIMIT ?4
                        """)
                    .Bind(owner)
                    .Bind(prefix)
                    .Bind(prefix + AfterAll)
                    .Bind(limit);
                List<Document> documents = [];
                while (row.Step())
                {
                    documents.Add(Read(row));
                }

                return documents;
            },
            cancellationToken);

    public Task<bool> PutAsync(Document document, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => (document.Version == 1
                ? connection
                    .Prepare(
                        """
                        INSERT INTO documents (owner, id, version, expires_at, body) VALUES (?1, ?2, ?3, ?4, ?5)
                        ON CONFLICT (owner, id) DO NOTHING
                        """)
                : connection
                    .Prepare(
                        """
                        UPDATE documents SET version = ?3, expires_at = ?4, body = ?5
                        WHERE owner = ?1 AND id = ?2 AND version = ?3 - 1
                        """))
                .Bind(document.Owner)
                .Bind(document.Key)
                .Bind(document.Version)
                .Bind(document.ExpiresAt)
                .Bind(document.Body.Span)
                .Run() == 1,
            cancellationToken);

    public Task DeleteAsync(string owner, string key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection
                .Prepare("DELETE FROM documents WHERE owner = ?1 AND id = ?2")
                .Bind(owner)
                .Bind(key)
                .Run(),
            cancellationToken);

    public Task DeleteOwnerAsync(string owner, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Prepare("DELETE FROM documents WHERE owner = ?1").Bind(owner).Run(), cancellationToken);

    public Task<int> PurgeDocumentsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection
                .Prepare(
                    """
                    DELETE FROM documents WHERE key IN (
                        SELECT key FROM documents WHERE expires_at IS NOT NULL AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
                    """)
                .Bind(now)
                .Bind(limit)
                .Run(),
            cancellationToken);

    private static Document Read(Statement row) =>
        new(row.Text(0), row.Text(1), row.Blob(4).ToArray(), (int)row.Integer(2), row.TimeOrNull(3));
}
