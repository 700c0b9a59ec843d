using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools;

/// <summary>The result of a tool: the state of the question, or the reason for a refusal.</summary>
internal sealed record ToolAnswer(JsonObject? Content, string? Refusal)
{
    public static implicit operator ToolAnswer(JsonObject content) => new(content, null);

    public static ToolAnswer Refuse(string why) => new(null, why);

    public static ToolAnswer Refuse(ToolProblems problems) => Refuse($"Nothing changed. Fix these problems and call again:\n{problems}");
}
