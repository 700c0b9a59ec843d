namespace HumanTasks.Core.Environments;

/// <summary>The environments of this deployment.</summary>
public sealed class EnvironmentCatalog(IEnumerable<RunEnvironment> environments)
{
    private readonly Dictionary<string, RunEnvironment> byId =
        environments.ToDictionary(environment => environment.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<RunEnvironment> All => byId.Values;

    public RunEnvironment? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Returns the environment of a stored record.</summary>
    public RunEnvironment Get(string id) => Find(id)
        ?? throw new InvalidOperationException($"The environment '{id}' is not configured (HumanTasks:Environments).");
}
