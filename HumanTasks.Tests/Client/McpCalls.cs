using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HumanTasks.Tests.Client;

/// <summary>Calls of tools by the SDK's client.</summary>
internal static class McpCalls
{
    /// <summary>As it was built: beside the tests some of what it needs is left to the framework of web applications.</summary>
    public static string ToolPath { get; } = Path.Combine(Repository.OutputOf("HumanTasks.Mcp"), "HumanTasks.Mcp.dll");

    public static Task<McpClient> ConnectAsync(string transport, Uri address, string key) => McpClient.CreateAsync(transport == "http"
        ? new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        })
        : new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [ToolPath],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["HUMANTASKS_URL"] = address.ToString(),
                ["HUMANTASKS_API_KEY"] = key,
            },
        }));

    public static Dictionary<string, object?> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);

    /// <summary>What a call that is carried out answers.</summary>
    public static async Task<JsonNode> CallAsync(McpClient mcp, string tool, string arguments)
    {
        var result = await mcp.CallToolAsync(tool, Arguments(arguments));
        Assert.True(result.IsError is not true, TextOf(result));
        return JsonNode.Parse(result.StructuredContent!.Value.ToString())!;
    }

    /// <summary>What a call that is refused says.</summary>
    public static async Task<string> RefusedAsync(McpClient mcp, string tool, string arguments)
    {
        var result = await mcp.CallToolAsync(tool, Arguments(arguments));
        Assert.True(result.IsError, TextOf(result));
        Assert.Null(result.StructuredContent);
        return TextOf(result);
    }

    private static string TextOf(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
