using System.Text.Json;
using ModelContextProtocol;

namespace HumanTasks.Mcp.Tools;

/// <summary>How the arguments of tools are read and their results are written: as MCP does it, with names told apart by case.</summary>
public static class ToolJson
{
    public static JsonSerializerOptions Options { get; } = new(McpJsonUtilities.DefaultOptions) { PropertyNameCaseInsensitive = false };
}
