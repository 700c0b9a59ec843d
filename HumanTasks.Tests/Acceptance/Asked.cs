namespace HumanTasks.Tests.Acceptance;

/// <summary>A person was asked; <paramref name="Link"/> is where to answer.</summary>
public sealed record Asked(string TaskId, string RunId, string CorrelationId, string Link)
{
    /// <summary>Where to answer on the deployment under test, whatever its public address is.</summary>
    public string Path => Steps.PathOf(Link);

    public string Token => Path[(Path.LastIndexOf('/') + 1)..];
}
