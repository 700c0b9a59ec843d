using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Stored;
using HumanTasks.Tests.Runs;
using HumanTasks.Tests.Storage.Corpus;

namespace HumanTasks.Tests.Functions.Storage;

[NeedsAzurite]
public sealed class FinishingTheTables : FinishingTheCorpus
{
    private TableStores? stores;

    private protected override async Task<(EngineHarness Harness, IRunStore Store)> OpenAsync()
    {
        stores = await TableStores.OpenAsync();
        using var written = typeof(FinishingTheTables).Assembly.GetManifestResourceStream("corpus-tables.json")!;
        foreach (var (name, rows) in (await JsonNode.ParseAsync(written))!.AsObject())
        {
            var table = stores.Tables.All.Single(table => table.Name.EndsWith(name, StringComparison.Ordinal));
            foreach (var partition in rows!.AsArray().Select(row => Entity(row!.AsObject())).GroupBy(entity => entity.PartitionKey))
            {
                foreach (var some in partition.Chunk(100))
                {
                    await table.SubmitTransactionAsync(some.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)));
                }
            }
        }

        return (new EngineHarness(stores: stores.All), stores.Runs);
    }

    protected override async Task CloseAsync() => await stores!.DisposeAsync();

    private protected override async Task<IReadOnlyList<(string Before, string After)>> BodiesAsync()
    {
        List<(string, string)> bodies = [];
        await foreach (var entity in stores!.Tables.Runs.QueryAsync<TableEntity>())
        {
            if (entity.RowKey == "run" || entity.RowKey.StartsWith("task.", StringComparison.Ordinal))
            {
                var body = Encoding.UTF8.GetString(entity.GetBinary("Body"));
                bodies.Add((body, entity.RowKey == "run" ? Again(body, CoreJson.Default.Run) : TaskAgain(body)));
            }
        }

        return bodies;
    }

    private static string TaskAgain(string body) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(
        StoredTask.Of(JsonSerializer.Deserialize(body, CoreJson.Default.StoredTask)!.Read()), CoreJson.Default.StoredTask));

    private static string Again<T>(string body, JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(body, type)!, type);

    private static TableEntity Entity(JsonObject row)
    {
        var entity = new TableEntity();
        foreach (var (key, value) in row)
        {
            var (kind, text) = ((string)value!).Split(' ', 2) is [var first, var rest] ? (first, rest) : throw new InvalidDataException(key);
            entity[key] = kind switch
            {
                "base64" => Convert.FromBase64String(text),
                "time" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
                "int" => int.Parse(text, CultureInfo.InvariantCulture),
                "long" => long.Parse(text, CultureInfo.InvariantCulture),
                "bool" => bool.Parse(text),
                _ => text,
            };
        }

        return entity;
    }
}
