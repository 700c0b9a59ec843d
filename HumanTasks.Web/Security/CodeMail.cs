using System.Threading.Channels;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Security;

/// <summary>
/// Sends one-time codes behind the answer of the request that asked for them, so that how long it takes says nothing about
/// whether a mail was sent. A code that is lost with the process is asked for again.
/// </summary>
public sealed partial class CodeMail(IEmailSender sender, ILogger<CodeMail> logger) : BackgroundService
{
    private const int MaxWaiting = 1000;

    private readonly Channel<(Email Email, string Key)> waiting =
        Channel.CreateBounded<(Email, string)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Queues a mail.</summary>
    public void Post(Email email, string key) => waiting.Writer.TryWrite((email, key));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (email, key) in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await TrySendAsync(email, key, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // whoever waits for a code asks for another one
        }
    }

    private async Task TrySendAsync(Email email, string key, CancellationToken stoppingToken)
    {
        try
        {
            await sender.SendAsync(email, key, stoppingToken);
        }
        catch (EffectFailedException refused)
        {
            LogNotSent(email.CorrelationId, refused.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, email.CorrelationId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A one-time code could not be mailed (correlation id {CorrelationId}): {Problem}")]
    private partial void LogNotSent(string correlationId, string problem);

    [LoggerMessage(LogLevel.Error, "A one-time code could not be mailed (correlation id {CorrelationId})")]
    private partial void LogFault(Exception fault, string correlationId);
}
