using System.Text.Json.Nodes;

namespace HumanTasks.Web.Forms;

public sealed record ShownEntry(string Label, JsonNode? Value, string? Format);
