using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace HumanTasks.Standalone.Storage;

/// <summary>A form to be written to its table, where equal forms are stored once and found by their hash.</summary>
internal sealed class FormRow(JsonElement form)
{
    private readonly byte[] hash = SHA256.HashData(JsonMarshal.GetRawUtf8Value(form));

    public static JsonElement Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 128 });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Deletes a form that no task uses any more.</summary>
    public static void DeleteUnused(Connection connection, long key) => connection
        .Prepare("DELETE FROM forms WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM tasks WHERE form = ?1)")
        .Bind(key)
        .Run();

    /// <summary>Stores the form if it is new and returns its key.</summary>
    public long Write(Connection connection)
    {
        using (var row = connection.Prepare("SELECT key FROM forms WHERE hash = ?1").Bind(hash))
        {
            if (row.Step())
            {
                return row.Integer(0);
            }
        }

        connection
            .Prepare("INSERT INTO forms (hash, body) VALUES (?1, ?2)")
            .Bind(hash)
            .Bind(JsonMarshal.GetRawUtf8Value(form))
            .Run();
        return connection.LastKey;
    }
}
