using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

[Trait("Category", AcceptanceSuite.Name)]
public sealed class LimitingCallers
{
    [OwnHostFact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:Limits:ApiRequestsPerSecond", "20")
            .With("HumanTasks:Limits:ReviewRequestsPerMinute", "10")
            .With("HumanTasks:Limits:RefusalsPerMinute", "15"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync();
        var other = await api.InterveneAsync();

        await IsLimitedAsync(() => anybody.GetAsync(asked.Path), 200);
        (await anybody.GetAsync(other.Path)).Is(200);
        await IsLimitedAsync(() => anybody.GetAsync("/api/runs"), 401);
        await Steps.UntilAsync(() => anybody.GetAsync("/review/AAAAAAAA"), answer => answer.Status == 429);

        var burst = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => api.GetAsync("/api/runs?limit=1")));
        Assert.Contains(burst, answer => answer.Status == 200);
        Assert.All(burst.Where(answer => answer.Status != 200), answer => answer.IsProblem(429, "too-many-requests"));
        Assert.Contains(burst, answer => answer.Status == 429);
        await Steps.UntilAsync(() => api.GetAsync("/api/runs?limit=1"), answer => answer.Status == 200);
    }

    private static async Task IsLimitedAsync(Func<Task<Reply>> ask, int first)
    {
        (await ask()).Is(first);
        var limited = await Steps.UntilAsync(ask, answer => answer.Status != first);
        limited.IsProblem(429, "too-many-requests");
    }
}
