using System.Globalization;
using HumanTasks.Core.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanTasks.Web.Api;

/// <summary>
/// <c>Prefer: wait=N</c> (RFC 7240): responds as soon as something is over, or after N seconds, at most 60.
/// </summary>
public static class PreferWait
{
    private const int MaxSeconds = 60;

    public static TimeSpan Read(HttpRequest request)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var preference in header?.Split([',', ';'], StringSplitOptions.TrimEntries) ?? [])
            {
                if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    return TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds));
                }
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Reads repeatedly until the value is over or the time is up.</summary>
    /// <param name="grace">How long to wait for a value that does not exist yet.</param>
    public static async Task<T?> UntilAsync<T>(
        HttpContext context,
        IRunHost host,
        TimeProvider time,
        string runId,
        Func<Task<T?>> read,
        Func<T, bool> isOver,
        TimeSpan grace = default)
        where T : class
    {
        var wait = Read(context.Request);
        if (wait > TimeSpan.Zero)
        {
            context.Response.Headers["Preference-Applied"] = "wait";
        }
        else if (await read() is var there && (there is not null || grace == TimeSpan.Zero))
        {
            return there;
        }

        // a host that is stopping ends all waits
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var started = time.GetTimestamp();
        using var watch = host.Watch(runId);
        while (true)
        {
            var value = await read();
            var left = (value is null ? grace : wait) - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || (value is not null && isOver(value)))
            {
                return value;
            }

            try
            {
                await watch.WaitAsync(left, end.Token);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                return value;
            }
        }
    }
}
