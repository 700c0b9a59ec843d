namespace HumanTasks.Core.Environments;

/// <summary>
/// The limits for external language models in an environment, like those an action sets for an agent.
/// </summary>
public sealed record ModelGuards
{
    /// <summary>
    /// The people a model may ask besides the default assignee: addresses, or domains such as <c>@example.com</c>.
    /// Empty allows anyone.
    /// </summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>The hosts that links and images in the model's texts may use.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
