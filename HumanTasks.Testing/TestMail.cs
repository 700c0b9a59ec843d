namespace HumanTasks.Testing;

/// <summary>An email from the host.</summary>
public sealed record TestMail(IReadOnlyList<string> To, string Subject, string Text)
{
    /// <summary>The first link in the text, or null.</summary>
    public Uri? Link => Text.Split(['\n', ' ', '<', '>'])
        .Select(word => Uri.TryCreate(word.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null)
        .FirstOrDefault(address => address is not null);
}
