using System.Reflection;
using HumanTasks.Tests.Architecture;

namespace HumanTasks.Tests;

/// <summary>
/// JSON tells <c>id</c> and <c>ID</c> apart, and so does everything that reads it here. The web defaults of System.Text.Json
/// do not: an object with both stops whatever reads it.
/// </summary>
public sealed class NamesFromOutside
{
    private static readonly string[] WebDefaults =
    [
        "JsonSerializerDefaults.Web", "JsonSerializerOptions.Web", "PropertyNameCaseInsensitive = true", "ReadFromJsonAsync",
        "GetFromJsonAsync", "AIJsonUtilities.DefaultOptions",
    ];

    [Fact]
    public void Every_description_of_JSON_tells_names_apart_by_case() => JsonDescriptions.AssertCaseSensitive(
        Directory.GetFiles(AppContext.BaseDirectory, "HumanTasks.*.dll")
            .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file))));

    [Fact]
    public void No_source_file_uses_the_web_defaults()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "HumanTasks.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The solution is not above the tests.");
        }

        var uses =
            from folder in Directory.GetDirectories(root, "HumanTasks.*").Append(Path.Combine(root, "bench")).Append(Path.Combine(root, "samples"))
            where !Path.GetFileName(folder).StartsWith("HumanTasks.Tests", StringComparison.Ordinal)
            from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            let source = File.ReadAllText(file)
            from use in WebDefaults
            where source.Contains(use, StringComparison.Ordinal)
            select $"{Path.GetRelativePath(root, file)}: {use}";

        Assert.Empty(uses);
    }

    [Fact]
    public void A_client_reads_twin_keys_of_a_webhook()
    {
        var read = HumanTasks.Client.WebhookVerifier.Read("""
            { "correlationId": "c", "environment": "e", "runId": "r", "taskId": "t", "responseId": "a", "at": "2026-11-22T12:00:00Z",
              "by": null, "verified": "link", "values": { "note": "a", "Note": "b" }, "context": { "id": 1, "ID": { "x": 1, "X": 2 } } }
            """u8.ToArray());

        Assert.Equal("b", (string?)read.Values["Note"]);
        Assert.Equal("""{"id":1,"ID":{"x":1,"X":2}}""", read.Context.ToJsonString());
        Assert.Equal(2, (int?)read.Context["ID"]!["X"]);
    }
}
