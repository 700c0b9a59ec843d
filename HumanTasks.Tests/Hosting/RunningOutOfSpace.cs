using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>A host whose data folder is on a disk that is full for a while.</summary>
public sealed class RunningOutOfSpace
{
    [SmallDiskFact]
    public async Task Writes_are_refused_as_such_until_there_is_room_and_then_everything_goes_on()
    {
        await using var host = new HostProcess(new HostSettings());
        Directory.CreateDirectory(host.DataFolder);
        using var disk = new SmallDisk(host.DataFolder, megabytes: 12);
        await host.StartAsync();
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync();
        var withFile = await api.InterveneAsync(form: """
            { "fields": [{ "name": "note", "type": "text", "label": "Note" }, { "name": "paper", "type": "file", "label": "Paper" }] }
            """);
        using var visitor = new Visitor(host.Address);
        var page = await visitor.OpenAsync(withFile.Path);

        disk.Fill();
        var refused = await Steps.UntilAsync(
            () => api.PostAsync("/api/interventions", Large), reply => reply.Status != 201);
        refused.IsProblem(503, "storage-unavailable");
        Assert.NotNull(refused.Header("Retry-After"));
        (await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).IsProblem(503, "storage-unavailable");
        var ready = (await api.GetAsync("/health/ready")).Is(503);
        Assert.Contains("SQLite", ready.Text("/reason"), StringComparison.Ordinal);

        var again = (await visitor.SendAsync(
            page.Fill("note", "typed with care").Choose("paper", "a.txt", Encoding.ASCII.GetBytes(new string('a', 600_000))))).Is(503);
        Assert.Equal("typed with care", again.Value("note"));
        Assert.Contains("We can't save anything right now", again.Text, StringComparison.Ordinal);

        disk.Free();
        await Steps.UntilAsync(() => api.GetAsync("/health/ready"), reply => reply.Status == 200);
        (await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        await api.RunOverAsync(asked.RunId);

        Assert.DoesNotContain("   at ", host.Output.Text, StringComparison.Ordinal);
        Assert.InRange(host.Output.Text.Split("is not writable").Length - 1, 1, 2);
        await host.KillAsync();
    }

    private static string Large { get; } = $$"""
        { "form": { "fields": [{ "name": "f", "type": "text" }] }, "context": { "large": "{{new string('x', 400_000)}}" },
          "continuation": { "ruleSet": "extraction-accepted" } }
        """;
}
