using System.Diagnostics;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>The same request again and again on one connection, every answer a 200.</summary>
internal static class Repetition
{
    public static async Task<IReadOnlyList<long>> TimesAsync(Target target, byte[] request, int count)
    {
        using var connection = new Connection(target.Endpoint);
        var times = new List<long>(count);

        for (var i = 0; i < count; i++)
        {
            times.Add(await OnceAsync(connection, request));
        }

        return times;
    }

    /// <summary>Until a moment, with a pause after each.</summary>
    public static async Task<IReadOnlyList<long>> TimesAsync(
        Target target, byte[] request, TimeSpan window, TimeSpan pause)
    {
        using var connection = new Connection(target.Endpoint);
        var times = new List<long>();

        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < window;)
        {
            times.Add(await OnceAsync(connection, request));
            await Task.Delay(pause);
        }

        return times;
    }

    private static async Task<long> OnceAsync(Connection connection, byte[] request)
    {
        var before = Stopwatch.GetTimestamp();
        var answer = await connection.SendAsync(request);
        var took = Stopwatch.GetTimestamp() - before;
        return answer.Status == 200 ? took : throw new InvalidDataException($"The answer is not 200: {answer.Describe()}");
    }
}
