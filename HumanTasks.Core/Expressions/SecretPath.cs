namespace HumanTasks.Core.Expressions;

/// <summary>A path that means a secret of the configuration, <c>secret.NAME</c>, and none into the context.</summary>
public static class SecretPath
{
    private const string Root = "secret";

    /// <summary>The name of the secret that a path means; null for a path into the context.</summary>
    public static string? NameOf(ContextPath path) =>
        path.Root == Root && path.Text.Length > Root.Length ? path.Text[(Root.Length + 1)..] : null;
}
