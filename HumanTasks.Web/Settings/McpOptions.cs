namespace HumanTasks.Web.Settings;

public sealed class McpOptions
{
    /// <summary>
    /// The allowed assignees: addresses, or domains such as <c>@example.com</c>. The default assignee is always
    /// allowed. Default anybody.
    /// </summary>
    public IList<string> Assignees { get; } = [];

    /// <summary>The hosts that links and images written by a model may lead to. Default none.</summary>
    public IList<string> AllowedHosts { get; } = [];
}
