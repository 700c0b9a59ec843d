using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Stored;
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Runs;

namespace HumanTasks.Tests.Storage.Corpus;

public sealed class FinishingTheDatabase : FinishingTheCorpus
{
    private EngineHarness? harness;

    /// <summary>The corpus as SQLite's shell would dump it.</summary>
    private static string Dump
    {
        get
        {
            using var dump = new StreamReader(typeof(FinishingTheDatabase).Assembly.GetManifestResourceStream("corpus-database.sql")!);
            return dump.ReadToEnd();
        }
    }

    /// <summary>A rolling upgrade and a rollback read what this build writes: nothing is new in it but what they leave out.</summary>
    [Fact]
    public async Task This_build_writes_no_member_that_the_build_before_does_not_know_but_gathered_answers_calls_and_causes()
    {
        using var now = new EngineHarness();
        await new RunsOfEveryState(now, now.Store).MakeAsync();
        var known = Members(await harness!.BodiesAsync("runs")).Concat(Members(await harness.BodiesAsync("tasks"))).ToHashSet(StringComparer.Ordinal);

        var unknown = Members(await now.BodiesAsync("runs")).Concat(Members(await now.BodiesAsync("tasks"))).Except(known).Order(StringComparer.Ordinal);

        Assert.Equal(["bytes", "cause", "gathered", "host", "method", "path", "problem", "title"], unknown.Where(name => name is not ("rejects" or "verified" or "values" or "by" or "reason" or "at")));
    }

    private protected override Task<(EngineHarness Harness, IRunStore Store)> OpenAsync()
    {
        harness = new EngineHarness(dump: Dump);
        return Task.FromResult((harness, (IRunStore)harness.Store));
    }

    private protected override async Task<IReadOnlyList<(string Before, string After)>> BodiesAsync() =>
    [
        .. (await harness!.BodiesAsync("runs")).Select(body => (body, Again(body, StoredJson.Run))),
        .. (await harness.BodiesAsync("tasks")).Select(body => (body, TaskAgain(body))),
    ];

    /// <summary>The body of a task after it was a task; columns hold the assignee, whom several people's body has as well.</summary>
    private static string TaskAgain(string body)
    {
        var stored = JsonSerializer.Deserialize(body, StoredJson.Task)! with { Assignee = "ann@example.com" };
        return Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(StoredTask.Of(stored.Read()), StoredJson.Task));
    }

    private static string Again<T>(string body, JsonTypeInfo<T> type) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(body, type)!, type));

    /// <summary>The names of the members of bodies, the context aside, which is its author's.</summary>
    private static IEnumerable<string> Members(IEnumerable<string> bodies) =>
        bodies.SelectMany(body => Members(JsonNode.Parse(body))).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Members(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Key is not ("context" or "values"))
            .SelectMany(member => Members(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}
