using System.Text.Json;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>Reads some continuations again, and checks that they have the input and the paused run's context.</summary>
internal static class SpotCheck
{
    public const int Size = 5;

    public static async Task RunAsync(Target target, IEnumerable<Resumed> continuations, Failures failures)
    {
        using var connection = new Connection(target.Endpoint);

        foreach (var continuation in continuations.Take(Size))
        {
            try
            {
                var answer = await connection.SendAsync(target.Get($"/api/runs/{continuation.RunId}"));
                using var run = JsonDocument.Parse(answer.Body);

                if (answer.Status != 200 || !Holds(run.RootElement.GetProperty("context"), continuation.Number))
                {
                    failures.Add($"spot check: {answer.Status} {run.RootElement}");
                }
            }
            catch (Exception failure)
            {
                failures.Add($"spot check of {continuation.RunId}: {failure.Message}");
            }
        }
    }

    private static bool Holds(JsonElement context, int number) =>
        context.GetProperty("note").GetString() == "Seen"
        && context.GetProperty("amount").GetDecimal() == number
        && context.GetProperty("decision").GetString() == "approve"
        && context.GetProperty("urgent").GetBoolean()
        && context.GetProperty("dueOn").GetString() == "2031-05-17"
        && context.GetProperty("decided").GetDecimal() == number
        && context.GetProperty("invoice").GetProperty("number").GetDecimal() == number;
}
