namespace HumanTasks.Standalone.Start;

/// <summary>
/// The command <c>--new-api-key NAME [--for-environment ID]</c>: creates a key, prints it once and ends. It replaces a
/// key of the same name.
/// </summary>
internal static class NewApiKey
{
    /// <summary>Creates and prints the key; returns false when the command line does not ask for it.</summary>
    public static async Task<bool> MakeAsync(IConfiguration configuration, StartSettings settings)
    {
        if (configuration["new-api-key"] is not { Length: > 0 } name)
        {
            return false;
        }

        var environment = configuration["for-environment"] ?? configuration["HumanTasks:Environments:0:Id"] ?? "default";
        var key = SettingsFile.ReplaceKey(settings.DataFolder, name, environment);
        await Console.Out.WriteLineAsync($"API key '{name}' for the environment '{environment}' (shown once): {key}");
        return true;
    }
}
