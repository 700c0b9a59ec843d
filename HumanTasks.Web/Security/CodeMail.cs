using System.Threading.Channels;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Security;

/// <summary>
/// A background sender of one-time codes. It sends after the response, so that the response time does not reveal
/// whether an email was sent. A failed email is retried as long as its code is valid. Codes queued when the process
/// stops are lost and must be requested again.
/// </summary>
public sealed partial class CodeMail(MailDelivery mail, TimeProvider time, ILogger<CodeMail> logger) : BackgroundService
{
    private const int MaxWaiting = 1000;

    /// <summary>
    /// The number of emails sent at once, apart from those of runs, so that a slow mail server delays codes little.
    /// </summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Channel<CodeEmail> waiting =
        Channel.CreateBounded<CodeEmail>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Queues an email.</summary>
    /// <param name="email">The email, with a newly created code.</param>
    /// <param name="key">The idempotency key, the same for every attempt.</param>
    public void Post(Email email, string key) =>
        Post(new CodeEmail(email, key, time.GetUtcNow() + OneTimeCodes.Lifetime, FirstPause));

    private void Post(CodeEmail email) => waiting.Writer.TryWrite(email);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAllAsync(stoppingToken)));

    private async Task SendAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var email in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                if (!await TrySendAsync(email, stoppingToken))
                {
                    _ = PostLaterAsync(email, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // users who still need a code request another one
        }
    }

    private async Task PostLaterAsync(CodeEmail email, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(email.Pause, time, stoppingToken);
            var longer = email.Pause * 2;
            Post(email with { Pause = longer < LongestPause ? longer : LongestPause });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // see above
        }
    }

    /// <summary>Makes one attempt. Returns false when another one is needed.</summary>
    private async Task<bool> TrySendAsync(CodeEmail email, CancellationToken stoppingToken)
    {
        try
        {
            await mail.SendAsync(email.Email, email.Key, stoppingToken);
            return true;
        }
        catch (EffectFailedException refused)
        {
            if (refused.MayPass && time.GetUtcNow() + email.Pause < email.ValidUntil)
            {
                return false;
            }

            LogNotSent(email.Email.CorrelationId, refused.Message);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault, email.Email.CorrelationId);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Couldn't send a one-time code (correlation ID {CorrelationId}): {Problem}")]
    private partial void LogNotSent(string correlationId, string problem);

    [LoggerMessage(LogLevel.Error, "Couldn't send a one-time code (correlation ID {CorrelationId})")]
    private partial void LogFault(Exception fault, string correlationId);

    private sealed record CodeEmail(Email Email, string Key, DateTimeOffset ValidUntil, TimeSpan Pause);
}
