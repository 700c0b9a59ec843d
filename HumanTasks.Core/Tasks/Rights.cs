using HumanTasks.Core.People;

namespace HumanTasks.Core.Tasks;

/// <summary>What assignees may do with a task.</summary>
public sealed record Rights
{
    /// <summary>Nothing but respond.</summary>
    public static readonly Rights ToRespond = new();

    /// <summary>Whether they may reject it.</summary>
    public bool AllowReject { get; init; }

    /// <summary>The addresses of people who must not respond (four-eyes rule); null for none.</summary>
    public IReadOnlyList<string>? NotBy { get; init; }

    /// <summary>
    /// The addresses and domains (such as <c>@example.com</c>) to which an assignee may delegate; null for none.
    /// </summary>
    public IReadOnlyList<string>? DelegateTo { get; init; }

    /// <summary>Whether the agent must review a response before it is final.</summary>
    public bool Review { get; init; }

    /// <summary>Returns whether the four-eyes rule excludes a person.</summary>
    public bool Excludes(string? address) => NotBy?.Any(other => PersonAddress.Same(other, address)) == true;
}
