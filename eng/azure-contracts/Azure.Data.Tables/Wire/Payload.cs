#nullable disable

using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Entities as JSON with OData types. Only <see cref="TableEntity"/>, which is all that we use.</summary>
internal static class Payload
{
    public const string ETagKey = "odata.etag";

    private const string TypeSuffix = "@odata.type";

    public static byte[] OfTable(string name) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = name });

    public static byte[] Of(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in (IDictionary<string, object>)entity)
            {
                if (value is not null && name is not (ETagKey or nameof(ITableEntity.Timestamp)))
                {
                    Write(json, name, value);
                }
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static T Read<T>(JsonElement json, string etag = null)
        where T : class, ITableEntity
    {
        var entity = new TableEntity();
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == ETagKey || !property.Name.Contains("odata.", StringComparison.Ordinal))
            {
                var type = json.TryGetProperty(property.Name + TypeSuffix, out var declared) ? declared.GetString() : null;
                entity[property.Name] = Value(property.Value, property.Name == nameof(ITableEntity.Timestamp) ? "Edm.DateTime" : type);
            }
        }

        entity[ETagKey] ??= etag;
        return entity as T ?? throw new NotSupportedException($"Only {nameof(TableEntity)} is read here.");
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteString(name + TypeSuffix, "Edm.Int64");
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, bytes);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not written here.");
        }
    }

    private static object Value(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetInt32(),
        JsonValueKind.String => type switch
        {
            "Edm.Binary" => value.GetBytesFromBase64(),
            "Edm.Int64" => long.Parse(value.GetString(), CultureInfo.InvariantCulture),
            "Edm.DateTime" => value.GetDateTimeOffset(),
            _ => value.GetString(),
        },
        _ => null,
    };
}
