namespace HumanTasks.Standalone.Start;

/// <summary>What the start learned from the data folder.</summary>
/// <param name="DataFolder">The absolute path of the data folder.</param>
/// <param name="NewApiKey">An API key that this start created and that is shown once.</param>
/// <param name="DatabaseMayBeEmpty">
/// Whether an empty database is allowed. False for an installation that had stored data.
/// </param>
internal sealed record StartSettings(string DataFolder, string? NewApiKey, bool DatabaseMayBeEmpty);
