using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Pages;

/// <summary>The state of the demonstration and the link to its page.</summary>
/// <param name="Status">The status of its run.</param>
/// <param name="Link">The review link.</param>
public sealed record DemonstrationState(RunStatus Status, string Link)
{
    /// <summary>Whether it waits for a decision.</summary>
    public bool Waits => Status == RunStatus.Paused;

    /// <summary>The status as the contract names it.</summary>
    public string Name => Status.ToString().ToLowerInvariant();

    /// <summary>The name of the text of the status.</summary>
    public string Title => Status switch
    {
        RunStatus.Paused => "HomeDemoPaused",
        RunStatus.Completed => "HomeDemoCompleted",
        RunStatus.Failed => "HomeDemoFailed",
        RunStatus.Cancelled => "HomeDemoCancelled",
        RunStatus.Expired => "HomeDemoExpired",
        _ => "HomeDemoStarting",
    };

    /// <summary>The name of the text that says what to do.</summary>
    public string Detail => Status switch
    {
        RunStatus.Paused => "HomeDemoDecide",
        RunStatus.Completed => "HomeDemoOutcome",
        RunStatus.Failed => "HomeDemoWhy",
        RunStatus.Cancelled or RunStatus.Expired => "HomeDemoAgain",
        _ => "HomeDemoSoon",
    };
}
