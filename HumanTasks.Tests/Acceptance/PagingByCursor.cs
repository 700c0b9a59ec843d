using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A cursor that a list did not make is refused: a caller who got page one for it would go round for ever.</summary>
public class PagingByCursor(Deployment deployment) : AcceptanceTest(deployment)
{
    [Theory]
    [InlineData("/api/runs")]
    [InlineData("/api/tasks")]
    [InlineData("/api/tasks?sort=dueAt")]
    [InlineData("/api/rule-sets")]
    public async Task A_garbled_cursor_is_refused_by_every_list(string list)
    {
        await IsRefusedAsync(list, "garbled");
        await IsRefusedAsync(list, "AAAAAAAAAAAAAAAAAAAAAAA");
        await IsRefusedAsync(list, "..%2F..%00");
    }

    [Fact]
    public async Task The_log_of_a_run_refuses_them_too()
    {
        var asked = await Api.InterveneAsync();

        await IsRefusedAsync($"/api/runs/{asked.RunId}/log", "garbled");
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        await Api.InterveneAsync();
        await Api.InterveneAsync();
        var ofRuns = (await Api.GetAsync("/api/runs?limit=1")).Is(200).Text("/next");

        await IsRefusedAsync("/api/tasks", Uri.EscapeDataString(ofRuns));
        await IsRefusedAsync("/api/rule-sets", Uri.EscapeDataString(ofRuns));
    }

    [Fact]
    public async Task An_empty_cursor_is_none() => (await Api.GetAsync("/api/runs?cursor=&limit=1")).Is(200);

    private async Task IsRefusedAsync(string list, string cursor)
    {
        var at = $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}";
        (await Api.GetAsync(at)).IsProblem(400, "invalid-query");
    }
}
