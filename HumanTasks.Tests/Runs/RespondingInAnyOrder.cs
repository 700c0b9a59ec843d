using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>
/// Responses, repeated submissions, other commands, turns and crashes of a seed in a random order: whatever comes between them,
/// every response is accepted once, taken in once and follows the one before it in the chain of receipts.
/// </summary>
public sealed class RespondingInAnyOrder
{
    private static readonly string[] People = ["ann@example.com", "bob@example.com", "cyd@example.com", "dan@example.com"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Responses_are_taken_in_once_and_their_receipts_chain(int seed)
    {
        using var harness = new EngineHarness();
        var random = new Random(seed);
        var run = await StartAsync(harness, need: 1 + (seed % 3), candidates: seed % 4 == 0);
        Dictionary<string, string> accepted = [];
        for (var step = 0; step < 30; step++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            await DoAsync(harness, random, run, step, accepted);
            if (random.Next(4) == 0)
            {
                harness.LoseSignals();
            }
        }

        await harness.AdvanceAsync(run.Id, Signal.Continue);
        await harness.SettleAsync();

        run = await harness.FindAsync(run.Id);
        var task = await harness.TaskOfAsync(run);
        var chain = ChainLink.InOrder(await harness.Store.ResponsesOfTaskAsync(task.Id, default));
        Assert.NotEmpty(accepted);
        Assert.Equal(accepted.Keys.Order(StringComparer.Ordinal), chain.Select(one => one.Response.Id).Order(StringComparer.Ordinal));
        Assert.Equal(chain.Select(one => one.Response.By), run.Context["ask"]!["answers"]!.AsArray().Select(answer => (string?)answer!["by"]));
        Assert.Empty(await harness.Store.UnconsumedResponsesAsync(run.Id, default));
        Assert.Equal(chain.Select(one => one.Link.Payload).SkipLast(1).Prepend(null), chain.Select(one => one.Link.Previous));
        Assert.Equal(new ChainEnd(chain[^1].Link.Payload, accepted.Count), task.History.ReceiptEnd);
        Assert.Equal(task.State.IsPending, run.State is RunState.Paused);
    }

    private static async Task DoAsync(EngineHarness harness, Random random, Run run, int step, Dictionary<string, string> accepted)
    {
        var task = await harness.TaskOfAsync(run);
        var who = People[random.Next(People.Length)];
        var seat = TaskView.Of(task, 1 + random.Next(People.Length - 1))!;
        switch (random.Next(10))
        {
            case < 3:
                harness.Dies = random.Next(2) == 0;
                await RespondAsync(harness, task, new Submission { By = who, Key = $"key-{step}", Fingerprint = "f", MaxFileBytes = 0 }, accepted);
                harness.Dies = false;
                break;
            case < 5 when accepted.Count > 0:
                var (id, key) = accepted.ElementAt(random.Next(accepted.Count));
                var repeated = await RespondAsync(harness, task, new Submission { By = who, Key = key, Fingerprint = "f", MaxFileBytes = 0 }, accepted);
                Assert.Equal((true, id), repeated is Verdict.Accepted again ? (again.Repeated, again.Response.Id) : (true, id));
                break;
            case 5:
                await harness.Tasks.ClaimAsync(seat, default);
                break;
            case 6:
                await harness.Tasks.ReassignAsync(task, who, "boss@example.com", default);
                break;
            case 7:
                await harness.Tasks.ReissueLinkAsync(seat, "boss@example.com", default);
                break;
            case 8:
                await harness.AdvanceAsync(run.Id, Signal.Continue);
                break;
            default:
                await harness.SettleAsync();
                break;
        }
    }

    private static async Task<Verdict> RespondAsync(
        EngineHarness harness, HumanTask task, Submission submission, Dictionary<string, string> accepted)
    {
        var verdict = await harness.Tasks.AcceptAsync(task, new JsonObject { ["note"] = submission.Key }, submission, default);
        if (verdict is Verdict.Accepted { Repeated: false } taken)
        {
            accepted.Add(taken.Response.Id, submission.Key!);
        }

        return verdict;
    }

    private static async Task<Run> StartAsync(EngineHarness harness, int need, bool candidates)
    {
        var people = candidates ? "\"candidates\"" : $"\"need\": {need}, \"assignees\"";
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", {{people}}: ["ann@example.com", "bob@example.com", "cyd@example.com"],
               "title": "Look at it", "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
            """);
        return await harness.StartAsync("ask");
    }
}
