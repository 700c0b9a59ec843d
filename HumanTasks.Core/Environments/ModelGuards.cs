namespace HumanTasks.Core.Environments;

/// <summary>What a language model outside may do in an environment, as an action says it for an agent of ours.</summary>
public sealed record ModelGuards
{
    /// <summary>Who may be asked besides the usual person: addresses, or domains such as <c>@example.com</c>; anybody when empty.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>Hosts that links and images of its texts may lead to.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
