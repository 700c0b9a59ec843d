namespace HumanTasks.Web.Api;

/// <summary>A session of the member.</summary>
/// <param name="IsThis">Whether the call used this session.</param>
public sealed record SessionItem(
    string Id, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt, string How, string Device, bool IsThis);
