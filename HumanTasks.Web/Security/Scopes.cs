namespace HumanTasks.Web.Security;

/// <summary>The scopes of API keys, each also the name of its policy. <c>admin</c> includes the others.</summary>
public static class Scopes
{
    public const string Runs = "runs";

    public const string Tasks = "tasks";

    public const string RuleSets = "rule-sets";

    public const string Admin = "admin";

    /// <summary>Allows responses and comments; a part of <see cref="Tasks"/>, and not a scope of a key.</summary>
    public const string Respond = "respond";

    public static IReadOnlyList<string> All { get; } = [Runs, Tasks, RuleSets, Admin];
}
