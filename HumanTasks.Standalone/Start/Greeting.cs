using HumanTasks.Core.Links;
using HumanTasks.Standalone.Mail;
using HumanTasks.Standalone.Storage;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace HumanTasks.Standalone.Start;

/// <summary>Completes a first start once the host listens, and prints the next steps to standard output.</summary>
internal sealed partial class Greeting(
    IServer server,
    PublicBaseAddress publicAddress,
    FirstStart firstStart,
    StartSettings settings,
    MailSettings mail,
    DataFolder folder,
    LinkTokens tokens,
    Members members,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<Greeting> logger) : IHostedLifecycleService
{
    /// <summary>The path of the printed address that shows the start page with its way into the Studio.</summary>
    public const string StartPath = "/start";

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } listening)
        {
            publicAddress.FallBackTo(Reachable(listening));
        }

        string? link = null;
        if (SettingsFile.DemonstrationRunId(settings.DataFolder) is { } runId)
        {
            link = await firstStart.RunAsync(runId, cancellationToken);
            SettingsFile.FinishFirstStart(settings.DataFolder);
        }

        await Say(link);
        StartFailure.HasStarted();
        if (folder.IsOpenToOthers)
        {
            LogOpen(folder.Path);
        }

        if (!mail.Delivers)
        {
            LogNoMail();
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Say(string? link)
    {
        var address = publicAddress.Get().ToString().TrimEnd('/');
        List<string> lines = ["", $"HumanTasks is running:  {address}", $"Data folder:            {settings.DataFolder}"];
        if (settings.NewApiKey is { } key)
        {
            lines.Add($"API key (shown once):   {key}");
        }

        if (link is not null)
        {
            lines.Add($"Demonstration review:   {link}");
        }

        if (environment.IsDevelopment() && members.Of(SettingsFile.Owner).Count > 0)
        {
            lines.Add($"Start here (10 min):    {address}{StartPath}/{SignInLinks.LinkFor(tokens, SettingsFile.Owner, time.GetUtcNow())}");
        }
        else if (settings.NewApiKey is not null)
        {
            lines.Add($"Studio (once, 10 min):  {address}{SignInLinks.PathFor(tokens, SettingsFile.Owner, time.GetUtcNow())}");
        }

        if (mail.DeliversLocally)
        {
            lines.Add($"Outgoing mail:          {address}/dev/mail");
        }

        lines.Add("");
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
        await Console.Out.FlushAsync();
    }

    [LoggerMessage(1, LogLevel.Warning, "Other users can read the data folder {Folder}. Restrict it with chmod 700.")]
    private partial void LogOpen(string folder);

    [LoggerMessage(2, LogLevel.Warning, "No mail server is configured, so email actions will fail. Set HumanTasks:Smtp:Host.")]
    private partial void LogNoMail();

    // a wildcard address is for listening; a browser on this machine needs a real one
    private static Uri Reachable(string listening) =>
        new(listening
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal));
}
