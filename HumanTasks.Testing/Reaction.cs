using System.Text.Json.Nodes;

namespace HumanTasks.Testing;

/// <summary>The response of the host.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body, if any.</param>
public sealed record Reaction(int Status, JsonNode? Body)
{
    public bool IsAccepted => Status == 200;

    /// <summary>The slug of the problem, such as <c>link-expired</c>; null on success.</summary>
    public string? Problem => ((string?)Body?["type"])?.Split(':')[^1];
}
