using System.Diagnostics;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

public class WaitingForAResult(Deployment deployment) : AcceptanceTest(deployment)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_run_is_answered_as_soon_as_it_is_over()
    {
        var asked = await Api.InterveneAsync();
        var started = Stopwatch.GetTimestamp();
        var waiting = Api.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", "wait=30"));

        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);

        var answer = (await waiting).Is(200);
        Assert.Equal("completed", answer.Text("/status"));
        Assert.StartsWith("wait", answer.Header("Preference-Applied"), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Long, "The answer came long after the run was over.");
    }

    [Fact]
    public async Task A_task_is_answered_as_soon_as_it_is_over()
    {
        var asked = await Api.AssignAsync();
        var started = Stopwatch.GetTimestamp();
        var waiting = Api.GetAsync($"/api/tasks/{asked.TaskId}", ("Prefer", "respond-async, wait=30"));

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "decision": "approve" } }""")).Is(200);

        Assert.Equal("completed", (await waiting).Is(200).Text("/status"));
        Assert.True(Stopwatch.GetElapsedTime(started) < Long, "The answer came long after the task was over.");
    }

    [Fact]
    public async Task What_is_not_over_in_time_is_answered_as_it_is()
    {
        var asked = await Api.InterveneAsync();
        var started = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(
            Api.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", "wait=1")),
            Api.GetAsync($"/api/tasks/{asked.TaskId}", ("Prefer", "wait=1")));

        Assert.Equal("paused", answers[0].Is(200).Text("/status"));
        Assert.Equal("pending", answers[1].Is(200).Text("/status"));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.9), Long);
    }

    [Fact]
    public async Task Many_can_wait_for_the_same_run()
    {
        var asked = await Api.InterveneAsync();
        var waiting = Enumerable.Range(0, 10)
            .Select(_ => Api.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", "wait=30")))
            .ToArray();

        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal("completed", answer.Is(200).Text("/status")));
    }

    [Theory]
    [InlineData("wait=0")]
    [InlineData("wait=soon")]
    [InlineData("wait=-5")]
    [InlineData("return=minimal")]
    public async Task A_preference_that_says_nothing_useful_is_ignored(string preference)
    {
        var asked = await Api.InterveneAsync();
        var started = Stopwatch.GetTimestamp();

        (await Api.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", preference))).Is(200);

        Assert.True(Stopwatch.GetElapsedTime(started) < Long, "It was waited for nothing.");
    }

    [Fact]
    public async Task Nobody_waits_for_what_is_not_there() =>
        (await Api.GetAsync("/api/runs/00000000000000000000000000", ("Prefer", "wait=30"))).IsProblem(404, "not-found");
}
