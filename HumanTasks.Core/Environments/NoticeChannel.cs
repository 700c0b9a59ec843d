namespace HumanTasks.Core.Environments;

/// <summary>A room of people where tasks of an environment are announced, by its incoming webhook.</summary>
/// <param name="Name">By which actions name it.</param>
/// <param name="Kind">Which cards it shows.</param>
/// <param name="Address">Of the webhook: a secret, which is neither stored nor logged.</param>
public sealed record NoticeChannel(string Name, ChannelKind Kind, Uri Address);

public enum ChannelKind
{
    Teams,
    Slack,
}
