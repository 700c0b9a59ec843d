using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Functions.Genuine;

/// <summary>What a Functions host looks for in the folder that it starts: made by the worker's SDK from the genuine packages.</summary>
public sealed class MakingAnAppThatRuns
{
    private static readonly string Folder = Repository.OutputOf("HumanTasks.Functions");

    [Fact]
    public async Task The_build_describes_every_function()
    {
        var functions = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "functions.metadata")))!.AsArray();

        Assert.Equal(
            ["Advance", "Api", "Review", "RunOrchestration", "Site", "Sweeper"],
            functions.Select(function => function!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_build_tells_the_host_how_to_start_the_worker_and_what_extensions_to_load()
    {
        var worker = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "worker.config.json")))!["description"]!;
        var extensions = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "extensions.json")))!["extensions"]!.AsArray();

        Assert.Equal("dotnet-isolated", worker["language"]!.GetValue<string>());
        Assert.True(File.Exists(Path.Combine(Folder, worker["defaultWorkerPath"]!.GetValue<string>())));
        var durable = Assert.Single(extensions, extension => extension!["name"]!.GetValue<string>() == "DurableTask")!;
        Assert.True(File.Exists(Path.Combine(Folder, durable["hintPath"]!.GetValue<string>())));
        Assert.True(File.Exists(Path.Combine(Folder, "host.json")));
    }
}
