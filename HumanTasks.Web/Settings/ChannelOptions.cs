using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Settings;

public sealed class ChannelOptions
{
    /// <summary>The name that actions use: 1 to 64 letters, digits, '-', '_' and '.'.</summary>
    public string Name { get; set; } = "";

    public ChannelKind Kind { get; set; }

    /// <summary>The address of the incoming webhook, a secret.</summary>
    public Uri? Address { get; set; }
}
