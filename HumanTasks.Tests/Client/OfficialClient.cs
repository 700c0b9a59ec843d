using System.Diagnostics;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Client;

/// <summary>The official client as a process, where eng/mcp.sh has installed it.</summary>
internal sealed class OfficialClient(Uri endpoint, string key) : IDisposable
{
    private static readonly string? Root = FindRoot(AppContext.BaseDirectory);

    private readonly Process process = Start("client", endpoint, key);

    /// <summary>Why tests with it are skipped, or null.</summary>
    public static string? Missing { get; } =
        Root is not null && Directory.Exists(Path.Combine(Root, ".cache", "mcp", "node_modules", "@modelcontextprotocol", "conformance"))
            ? null
            : "The official client and suite of MCP are not there: run eng/mcp.sh install.";

    public static Process Start(string command, Uri endpoint, string key, params string[] more) => Process.Start(new ProcessStartInfo("/usr/bin/env")
    {
        ArgumentList = { "bash", Path.Combine(Root!, "eng", "mcp.sh"), command, endpoint.ToString(), more.FirstOrDefault() ?? "" },
        Environment = { ["MCP_KEY"] = key },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>What the client got: a result with its progress, or what it threw.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments)
    {
        await process.StandardInput.WriteLineAsync($$"""{ "name": "{{tool}}", "arguments": {{arguments.ReplaceLineEndings(" ")}} }""");
        await process.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var line = await process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException($"The client ended: {await process.StandardError.ReadToEndAsync(patience.Token)}");
        return JsonNode.Parse(line)!;
    }

    public async Task<JsonNode> AnswerAsync(string tool, string arguments)
    {
        var line = await CallAsync(tool, arguments);
        Assert.True(line["result"] is { } result && (bool?)result["isError"] != true, line.ToJsonString());
        return line["result"]!["structuredContent"]!;
    }

    public async Task<string> RefusalAsync(string tool, string arguments)
    {
        var line = await CallAsync(tool, arguments);
        Assert.True((bool?)line["result"]?["isError"], line.ToJsonString());
        return (string)line["result"]!["content"]![0]!["text"]!;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string? FindRoot(string? folder) =>
        folder is null || File.Exists(Path.Combine(folder, "HumanTasks.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder));
}
