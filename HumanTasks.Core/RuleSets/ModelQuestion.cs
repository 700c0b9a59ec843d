using System.Text.Json;

namespace HumanTasks.Core.RuleSets;

/// <summary>A question that a language model outside wrote, such as one that comes by MCP.</summary>
/// <param name="Schema">The JSON Schema in which it wants the answer: kept for whoever translates, and read by nobody here.</param>
public sealed record ModelQuestion(JsonElement? Schema);
