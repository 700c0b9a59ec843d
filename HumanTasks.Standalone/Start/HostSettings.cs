using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Http;
using HumanTasks.Standalone.Mail;
using HumanTasks.Standalone.Storage;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Mail;
using Microsoft.AspNetCore.DataProtection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HumanTasks.Standalone.Start;

/// <summary>Configures the embedded host: the adapters of the ports on one data folder.</summary>
internal static class HostSettings
{
    /// <summary>
    /// The switch that creates new link keys in a data folder whose settings are missing. All existing links stop
    /// working.
    /// </summary>
    public const string NewSettings = "--new-settings";

    private const string DataFolderSetting = "HumanTasks:DataFolder";

    private static readonly string[] Switches = [NewSettings, EmptiedDatabase.NewDatabase, "--check"];

    public static string DataFolderOf(IConfiguration configuration) =>
        Path.GetFullPath(configuration[DataFolderSetting] ?? "data");

    /// <summary>
    /// Returns the command line for the configuration, which does not support switches without a value.
    /// </summary>
    public static string[] WithValues(string[] args) => [.. args.Where(arg => !Switches.Contains(arg))];

    public static void AddEmbeddedHost(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.TakeEmptyPosts();
        });
        builder.QuietWhileStarting();
        builder.AddMail();
        builder.Services.AddHumanTasks(builder.Configuration);
        builder.Services.AddEmbeddedEngine();

        // the exporter reads the other OTEL_EXPORTER_OTLP_… variables itself
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddTelemetry(
                builder.Configuration, traces => traces.AddOtlpExporter(), metrics => metrics.AddOtlpExporter());
        }
    }

    /// <summary>
    /// Locks the data folder, creates its configuration on the first start, and adds it below all other sources.
    /// </summary>
    public static StartSettings AddDataFolder(this WebApplicationBuilder builder, string[] args)
    {
        Private.ByDefault();
        var folder = DataFolder.Open(DataFolderOf(builder.Configuration));
        if (File.Exists(folder.Database) && !File.Exists(SettingsFile.PathIn(folder.Path)) && !args.Contains(NewSettings))
        {
            throw new OperatorException(
                $"{SettingsFile.PathIn(folder.Path)} is missing, but the database {folder.Database} exists. It contains the link keys and "
                + $"API keys. Restore it from a backup, or start once with {NewSettings} to create new keys, which revokes every link.");
        }

        var isInstalled = File.Exists(SettingsFile.PathIn(folder.Path)) && SettingsFile.DemonstrationRunId(folder.Path) is null
            && !args.Contains(EmptiedDatabase.NewDatabase);
        if (isInstalled)
        {
            EmptiedDatabase.Refuse(folder);
        }

        var hadDatabase = File.Exists(folder.Database);
        var newKey = SettingsFile.EnsureIn(folder.Path, TimeProvider.System);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Json.JsonConfigurationSource
        {
            FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(
                folder.Path, Microsoft.Extensions.FileProviders.Physical.ExclusionFilters.None),
            Path = Path.GetFileName(SettingsFile.PathIn(folder.Path)),
        });
        var settings = new StartSettings(folder.Path, newKey, DatabaseMayBeEmpty: !isInstalled || !hadDatabase);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(settings);
        builder.Services.AddDataProtection()
            .SetApplicationName("HumanTasks")
            .PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        return settings;
    }

    public static void AddMail(this WebApplicationBuilder builder)
    {
        var smtp = builder.Configuration.GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new SmtpOptions();
        if (smtp.Problems().ToArray() is { Length: > 0 } problems)
        {
            throw new OperatorException(string.Join(Environment.NewLine, problems));
        }

        var local = smtp.Host is null && builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(new MailSettings(local, local || smtp.Host is not null));
        builder.Services.AddSingleton(smtp);
        builder.Services.AddSingleton<Outbox>();
        if (local)
        {
            builder.Services.AddSingleton<IOutbox>(provider => provider.GetRequiredService<Outbox>());
        }

        builder.Services.AddSingleton<IEmailSender>(provider =>
            smtp.Host is not null ? new SmtpEmailSender(smtp, provider.GetRequiredService<MailBodies>())
            : local ? provider.GetRequiredService<Outbox>()
            : new NoMail());
    }
}
