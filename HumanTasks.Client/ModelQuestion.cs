using System.Text.Json.Nodes;

namespace HumanTasks.Client;

/// <summary>Additional data of a task that a language model wrote.</summary>
/// <param name="Schema">The JSON Schema of the result that the model expects; stored with the task.</param>
public sealed record ModelQuestion(JsonObject? Schema = null)
{
    /// <summary>Whether to validate the request only. An invalid request is refused with all its errors.</summary>
    public bool? Check { get; init; }
}
