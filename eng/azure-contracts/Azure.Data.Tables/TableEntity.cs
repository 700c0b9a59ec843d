#nullable disable

using System.Collections;

namespace Azure.Data.Tables;

public interface ITableEntity
{
    public string PartitionKey { get; set; }

    public string RowKey { get; set; }

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }
}

public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> values = [];

    public TableEntity()
    {
    }

    public TableEntity(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey));
        set => values[nameof(PartitionKey)] = value;
    }

    public string RowKey
    {
        get => GetString(nameof(RowKey));
        set => values[nameof(RowKey)] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => (DateTimeOffset?)this[nameof(Timestamp)];
        set => values[nameof(Timestamp)] = value;
    }

    public ETag ETag
    {
        get => this[Payload.ETagKey] is string text ? new ETag(text) : default;
        set => values[Payload.ETagKey] = value.ToString();
    }

    public ICollection<string> Keys => values.Keys;

    ICollection<object> IDictionary<string, object>.Values => values.Values;

    public int Count => values.Count;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    public object this[string key]
    {
        get => values.GetValueOrDefault(key);
        set => values[key] = value;
    }

    public void Add(string key, object value) => values.Add(key, value);

    public bool ContainsKey(string key) => values.ContainsKey(key);

    public bool Remove(string key) => values.Remove(key);

    public bool TryGetValue(string key, out object value) => values.TryGetValue(key, out value);

    public void Clear() => values.Clear();

    public string GetString(string key) => (string)this[key];

    public byte[] GetBinary(string key) => (byte[])this[key];

    public bool? GetBoolean(string key) => (bool?)this[key];

    public int? GetInt32(string key) => (int?)this[key];

    public long? GetInt64(string key) => this[key] switch
    {
        null => null,
        int number => number,
        var number => (long)number,
    };

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => values.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => values.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)values).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();
}
