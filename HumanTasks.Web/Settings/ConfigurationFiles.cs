using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Settings;

/// <summary>
/// The files of the configuration, reloaded by services that must not use an outdated one. A check costs a look at each
/// file's time and length. There is no file watcher, because it would react to every write to a database in the same
/// folder.
/// </summary>
public sealed partial class ConfigurationFiles
{
    private readonly IConfigurationRoot? root;
    private readonly ILogger<ConfigurationFiles> logger;
    private readonly FileConfigurationSource[] files;
    private readonly Lock reading = new();
    private volatile Stamp[] read;

    public ConfigurationFiles(IConfiguration configuration, ILogger<ConfigurationFiles> logger)
    {
        root = configuration as IConfigurationRoot;
        this.logger = logger;
        files = [.. root?.Providers.OfType<FileConfigurationProvider>().Select(provider => provider.Source) ?? []];
        read = Look();
    }

    /// <summary>
    /// Reloads the configuration if one of its files has changed. A file that cannot be read, such as one that is being
    /// written, changes nothing, and the next call tries again.
    /// </summary>
    public void ReadChanges()
    {
        if (read.AsSpan().SequenceEqual(Look()))
        {
            return;
        }

        lock (reading)
        {
            var now = Look();
            if (read.AsSpan().SequenceEqual(now))
            {
                return;
            }

            try
            {
                root!.Reload();
                read = now;
            }
            catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                LogUnreadable(problem.Message);
            }
        }
    }

    private Stamp[] Look() =>
    [
        .. files.Select(file => file.FileProvider!.GetFileInfo(file.Path!)).Select(file => new Stamp(
            file.Exists ? file.LastModified : default,
            file.Exists ? file.Length : -1)),
    ];

    [LoggerMessage(LogLevel.Error, "Couldn't reload the configuration. The earlier configuration stays in effect: {Problem}")]
    private partial void LogUnreadable(string problem);

    private readonly record struct Stamp(DateTimeOffset Modified, long Length);
}
