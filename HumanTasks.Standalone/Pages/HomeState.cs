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
