using System.Text.Json;

namespace HumanTasks.Core.RuleSets;

/// <summary>A question from an external language model, such as one that arrives by MCP.</summary>
/// <param name="Schema">The JSON Schema of the expected response. It is kept for translators and not read here.</param>
public sealed record ModelQuestion(JsonElement? Schema);
