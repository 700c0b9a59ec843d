using System.Diagnostics;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>Sends requests one after another on one connection, and requires a 200 for each.</summary>
internal static class Repetition
{
    public static Task<IReadOnlyList<long>> TimesAsync(Target target, byte[] request, int count) =>
        TimesAsync(target, Enumerable.Repeat(request, count));

    public static async Task<IReadOnlyList<long>> TimesAsync(Target target, IEnumerable<byte[]> requests)
    {
        using var connection = new Connection(target.Endpoint);
        var times = new List<long>();

        foreach (var request in requests)
        {
            times.Add(await OnceAsync(connection, request));
        }

        return times;
    }

    /// <summary>Repeats a request until a moment, with a pause after each.</summary>
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
