using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using HumanTasks.Tests.Runs;
using HumanTasks.Tests.Storage.Corpus;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>The same as <see cref="WritingACorpus"/> for tables.</summary>
[NeedsAzurite]
public sealed class WritingACorpusOfTables
{
    private static string? Folder => Environment.GetEnvironmentVariable("HUMANTASKS_CORPUS");

    [Fact]
    public async Task Writes_the_entities_of_runs_of_every_state()
    {
        if (Folder is not { Length: > 0 } folder)
        {
            return;
        }

        await using var stores = await TableStores.OpenAsync();
        using var harness = new EngineHarness(stores: stores.All);
        await new RunsOfEveryState(harness, stores.Runs).MakeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "tables.json"), (await EntitiesAsync(stores)).ToJsonString());
    }

    private static async Task<JsonObject> EntitiesAsync(TableStores stores)
    {
        var tables = new JsonObject();
        foreach (var (name, table) in TablesOf(stores))
        {
            var rows = new JsonArray();
            await foreach (var entity in table.QueryAsync<TableEntity>())
            {
                var row = new JsonObject();
                foreach (var (key, value) in entity.Where(pair => pair.Key is not ("odata.etag" or "Timestamp")))
                {
                    row[key] = value switch
                    {
                        byte[] bytes => $"base64 {Convert.ToBase64String(bytes)}",
                        DateTimeOffset at => $"time {at.ToString("O", CultureInfo.InvariantCulture)}",
                        string text => $"text {text}",
                        int number => $"int {number.ToString(CultureInfo.InvariantCulture)}",
                        long number => $"long {number.ToString(CultureInfo.InvariantCulture)}",
                        bool truth => $"bool {truth}",
                        null => null,
                        _ => throw new InvalidOperationException($"{key} is a {value.GetType().Name}."),
                    };
                }

                rows.Add((JsonNode)row);
            }

            tables[name] = rows;
        }

        return tables;
    }

    private static IEnumerable<(string Name, TableClient Table)> TablesOf(TableStores stores) =>
    [
        ("Runs", stores.Tables.Runs),
        ("Index", stores.Tables.Index),
        ("RuleSets", stores.Tables.RuleSets),
        ("Documents", stores.Tables.Documents),
    ];
}
