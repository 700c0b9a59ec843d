namespace HumanTasks.Core.Expressions;

/// <summary>A path to a configured secret, <c>secret.NAME</c>, rather than into the context.</summary>
public static class SecretPath
{
    private const string Root = "secret";

    /// <summary>Returns the name of the secret; null for a path into the context.</summary>
    public static string? NameOf(ContextPath path) =>
        path.Root == Root && path.Text.Length > Root.Length ? path.Text[(Root.Length + 1)..] : null;
}
