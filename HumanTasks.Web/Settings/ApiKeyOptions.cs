namespace HumanTasks.Web.Settings;

public sealed class ApiKeyOptions
{
    /// <summary>The purpose of the key, for readers of the configuration.</summary>
    public string Name { get; set; } = "";

    public string Environment { get; set; } = "";

    /// <summary>The SHA-256 of the key, in hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The key's scopes, some of <c>runs</c>, <c>tasks</c>, <c>rule-sets</c>, <c>admin</c>.</summary>
    public IList<string> Scopes { get; } = [];
}
