namespace HumanTasks.Client;

/// <summary>A created task or intervention.</summary>
/// <param name="TaskId">The ID of the human task.</param>
/// <param name="RunId">The ID of the waiting run.</param>
/// <param name="CorrelationId">The ID shared by the run and its related runs.</param>
/// <param name="Link">
/// The link to the form. Anyone with an intervention link can respond, so keep it out of logs.
/// </param>
public sealed record Asked(string TaskId, string RunId, string CorrelationId, string Link)
{
    /// <summary>The link of each person by address, if there are several; otherwise null.</summary>
    public IReadOnlyDictionary<string, string>? Links { get; init; }

    /// <summary>The assignee chosen because the model named none; otherwise null.</summary>
    public string? UsualAssignee { get; init; }

    /// <summary>The address of the task in the Studio if the model named no assignee; otherwise null.</summary>
    public string? StudioLink { get; init; }
}
