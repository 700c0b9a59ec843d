namespace HumanTasks.Core.Environments;

/// <summary>A chat channel that announces tasks of an environment, reached by an incoming webhook.</summary>
/// <param name="Name">The name that actions use.</param>
/// <param name="Kind">The kind of cards it shows.</param>
/// <param name="Address">The webhook address, a secret that is neither stored nor logged.</param>
public sealed record NoticeChannel(string Name, ChannelKind Kind, Uri Address);

public enum ChannelKind
{
    Teams,
    Slack,
}
