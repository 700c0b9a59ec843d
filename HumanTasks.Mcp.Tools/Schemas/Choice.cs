using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>A value that may be chosen, with its label.</summary>
internal sealed record Choice(JsonNode Value, string Label);
