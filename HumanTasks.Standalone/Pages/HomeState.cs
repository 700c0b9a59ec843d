namespace HumanTasks.Standalone.Pages;

/// <summary>What the start page shows in development only.</summary>
/// <param name="Waiting">The number of runs that wait for a person.</param>
/// <param name="Failed">The number of failed runs.</param>
/// <param name="Mails">The number of emails in the outbox; null where emails are delivered.</param>
public sealed record HomeState(string Waiting, string Failed, int? Mails)
{
    /// <summary>The run of the first start; null once it is deleted.</summary>
    public DemonstrationState? Demonstration { get; init; }

    /// <summary>The printed address with which this page was opened; null for any other.</summary>
    public StartLink? Start { get; init; }

    /// <summary>Whether the browser has a session of a member.</summary>
    public bool IsSignedIn { get; init; }
}

/// <summary>A printed address that signs in once, and the token of the form that does.</summary>
/// <param name="Link">The link, without its path.</param>
/// <param name="Address">Whom it signs in.</param>
/// <param name="Token">The antiforgery token of the form.</param>
public sealed record StartLink(string Link, string Address, string Token);
