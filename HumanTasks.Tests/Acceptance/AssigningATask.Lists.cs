using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public partial class AssigningATask
{
    [Fact]
    public async Task Tasks_are_listed_by_status_assignee_run_and_words()
    {
        var who = Steps.Unique("who");
        var word = Steps.Unique("word");
        var pending = await CreateAsync($"About {word}", who);
        var answered = await CreateAsync("Another", who);
        (await Api.PostAsync($"/api/tasks/{answered.TaskId}/responses", """{ "values": { "a": "x" } }""")).Is(200);
        var cancelled = await CreateAsync("A third", who);
        (await Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);
        var of = $"assignee={who}@example.com";

        Assert.Equal([cancelled.TaskId, answered.TaskId, pending.TaskId], await IdsAsync(of));
        Assert.Equal([cancelled.TaskId, answered.TaskId, pending.TaskId], await IdsAsync($"{of}&status=all"));
        Assert.Equal([pending.TaskId], await IdsAsync($"{of}&status=pending"));
        Assert.Equal([answered.TaskId], await IdsAsync($"{of}&status=completed"));
        Assert.Equal([cancelled.TaskId], await IdsAsync($"{of}&status=cancelled"));
        Assert.Empty(await IdsAsync($"{of}&status=rejected"));
        Assert.Empty(await IdsAsync($"{of}&status=expired"));
        Assert.Equal([pending.TaskId], await IdsAsync($"runId={pending.RunId}"));
        Assert.Equal([pending.TaskId], await IdsAsync($"q={word.ToUpperInvariant()}"));
        Assert.Equal([pending.TaskId, answered.TaskId, cancelled.TaskId], await IdsAsync($"{of}&sort=createdAt"));
        (await Api.GetAsync("/api/tasks?status=open")).IsProblem(400, "malformed-request");
        (await Api.GetAsync("/api/tasks?sort=colour")).IsProblem(400, "malformed-request");
    }

    [Theory]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    [InlineData("expiresAt")]
    [InlineData("dueAt")]
    public async Task Every_task_is_on_exactly_one_page_in_every_order(string sort)
    {
        var who = Steps.Unique("pages");
        for (var i = 0; i < 7; i++)
        {
            await CreateAsync("Page", who, i % 3 == 0 ? "" : $"\"dueInHours\": {10 - (i % 3)}, \"expiresInHours\": {20 - (i % 3)},");
        }

        var whole = await IdsAsync($"assignee={who}@example.com&sort={sort}");
        var pages = await Api.ListAsync($"/api/tasks?assignee={who}@example.com&sort={sort}", limit: 2);

        Assert.Equal(7, whole.Distinct().Count());
        Assert.Equal(whole, pages.Select(task => task.Text("/id")));
    }
}
