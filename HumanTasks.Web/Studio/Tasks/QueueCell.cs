using System.Text.Json.Nodes;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A value in the queue.</summary>
/// <param name="Value">The value for programs.</param>
/// <param name="Text">The value for people.</param>
public sealed record QueueCell(JsonNode? Value, string Text)
{
    public static QueueCell Empty { get; } = new(null, "");
}
