using System.Globalization;
using HumanTasks.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary><c>Prefer: wait=N</c> (RFC 7240): answer as soon as something is over, or after N seconds, at most 60.</summary>
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

    /// <summary>Reads until the value is over or the time is.</summary>
    public static async Task<T?> UntilAsync<T>(
        HttpContext context,
        IRunHost host,
        TimeProvider time,
        string runId,
        Func<Task<T?>> read,
        Func<T, bool> isOver)
        where T : class
    {
        var wait = Read(context.Request);
        if (wait == TimeSpan.Zero)
        {
            return await read();
        }

        context.Response.Headers["Preference-Applied"] = "wait";
        var started = time.GetTimestamp();
        using var watch = host.Watch(runId);
        while (true)
        {
            var value = await read();
            var left = wait - time.GetElapsedTime(started);
            if (value is null || isOver(value) || left <= TimeSpan.Zero)
            {
                return value;
            }

            await watch.WaitAsync(left, context.RequestAborted);
        }
    }
}
