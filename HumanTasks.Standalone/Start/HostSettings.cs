using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Mail;
using HumanTasks.Standalone.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace HumanTasks.Standalone.Start;

/// <summary>Puts the embedded host together: the ports' adapters on one data folder.</summary>
internal static class HostSettings
{
    private const string DataFolderSetting = "HumanTasks:DataFolder";

    /// <summary>Takes the data folder, makes its configuration on the first start, and reads it below everything else.</summary>
    public static StartSettings AddDataFolder(this WebApplicationBuilder builder)
    {
        var folder = DataFolder.Open(builder.Configuration[DataFolderSetting] ?? "data");
        var newKey = SettingsFile.EnsureIn(folder.Path, TimeProvider.System);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Json.JsonConfigurationSource
        {
            FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(
                folder.Path, Microsoft.Extensions.FileProviders.Physical.ExclusionFilters.None),
            Path = Path.GetFileName(SettingsFile.PathIn(folder.Path)),
            ReloadOnChange = false,
        });
        var settings = new StartSettings(folder.Path, newKey);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(settings);
        builder.Services.AddDataProtection()
            .SetApplicationName("HumanTasks")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder.Path, "keys")));
        return settings;
    }

    public static void AddMail(this WebApplicationBuilder builder)
    {
        var smtp = builder.Configuration.GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new SmtpOptions();
        var local = smtp.Host is null && builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(new MailSettings(local));
        builder.Services.AddSingleton(smtp);
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<IEmailSender>(provider =>
            smtp.Host is not null ? new SmtpEmailSender(smtp)
            : local ? provider.GetRequiredService<Outbox>()
            : new NoMail());
    }
}
