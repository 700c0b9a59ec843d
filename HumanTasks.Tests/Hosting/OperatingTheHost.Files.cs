using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

public sealed partial class OperatingTheHost
{
    [OwnHostFact]
    public async Task Everything_that_the_host_makes_is_for_its_owner_only()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = await api.InterveneAsync(
            form: """{ "fields": [{ "name": "paper", "type": "file", "label": "Paper" }] }""");
        using var parts = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "paper", "paper.txt" } };
        (await anybody.SendAsync(HttpMethod.Post, asked.Path, parts)).Is(200);
        (await anybody.GetAsync(asked.Path, ("Accept", "text/html"))).Is(410);

        foreach (var entry in new DirectoryInfo(host.DataFolder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            Assert.True((entry.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) == 0,
                $"Others can get at {entry.FullName}: {entry.UnixFileMode}");
        }
    }

    [OwnHostFact]
    public async Task A_folder_that_others_can_read_is_named_and_what_is_in_it_is_closed()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // where rights are others
        }

        await using var host = new HostProcess(new HostSettings());
        Directory.CreateDirectory(host.DataFolder, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path.Combine(host.DataFolder, "files"), (UnixFileMode)0b111_101_101);

        await host.StartAsync();

        await host.Output.ContainsAsync("Other users can read the data folder");
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.Combine(host.DataFolder, "files")));
    }

    [OwnHostFact]
    public async Task A_backup_of_a_host_that_serves_is_whole_and_can_be_restored()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var continuation = await api.SaveContinuationAsync();
        var form = """{ "fields": [{ "name": "paper", "type": "file", "label": "Paper" }] }""";
        var withFile = await api.InterveneAsync(form: form, continuation: continuation);
        using var parts = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "paper", "paper.txt" } };
        (await anybody.SendAsync(HttpMethod.Post, withFile.Path, parts)).Is(200);
        var waiting = await api.InterveneAsync(continuation: continuation);

        // under load: a backup that waits for silence would never come to its end
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await api.InterveneAsync(continuation: continuation);
            }
        })));
        var target = host.Beside("backup");
        var (code, said) = await host.RunBesideAsync("--backup", target);
        await stop.CancelAsync();
        await load;
        Assert.True(code == 0, said);

        var settings = new HostSettings();
        await using var restored = new HostProcess(settings);
        Assert.Equal(0, await restored.FailToStartAsync("--restore", target));
        await restored.StartAsync(host.ApiKey);
        using var again = new ApiClient(restored.Address, host.ApiKey);
        using var somebody = new ApiClient(restored.Address);
        (await somebody.SubmitAsync(waiting.Path, """{ "decision": "approve" }""")).Is(200);
        await again.RunOverAsync(waiting.RunId);
        var file = (await again.TaskAsync(withFile.TaskId)).Text("/responses/0/values/paper/fileId");
        Assert.Equal("hello", (await again.GetAsync($"/api/tasks/{withFile.TaskId}/files/{file}")).Is(200).Body);
        Assert.Equal(1, await restored.StopAsync() + await restored.FailToStartAsync("--restore", target)); // never over an installation
    }

    [OwnHostFact]
    public async Task A_check_says_whether_the_database_is_sound_and_what_to_do()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        for (var i = 0; i < 20; i++)
        {
            await api.InterveneAsync();
        }

        Assert.Equal(0, (await host.RunBesideAsync("--check")).Code);
        await host.StopAsync();
        Damage(Path.Combine(host.DataFolder, "humantasks.db"));

        var (code, said) = await host.RunBesideAsync("--check");
        Assert.Equal(1, code);
        Assert.Contains("--restore", said, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_damaged_record_is_passed_over_in_lists_logged_and_counted()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        var good = await api.InterveneAsync();
        var bad = (await api.PostAsync(
            "/api/tasks",
            """
            {
              "title": "Look", "assignee": "ada@example.com", "form": { "fields": [{ "name": "n", "type": "text", "label": "N" }] },
              "context": { "record": "UNMISTAKABLE" }, "show": ["record"]
            }
            """)).Is(201);
        await host.StopAsync();
        Garble(Path.Combine(host.DataFolder, "humantasks.db"), "{\"record\":\"UNMISTAKABLE\"");
        await host.StartAsync(host.ApiKey);

        var runs = await api.ListAsync("/api/runs");
        var tasks = await api.ListAsync("/api/tasks");

        Assert.Contains(runs, run => run.Text("/id") == good.RunId);
        Assert.DoesNotContain(runs, run => run.Text("/id") == bad.Text("/runId"));
        Assert.Contains(tasks, task => task.Text("/id") == good.TaskId);
        var ready = (await api.GetAsync("/health/ready")).Is(200);
        Assert.Equal("degraded", ready.Text("/status"));
        Assert.InRange(ready["/damagedRecords"]!.GetValue<int>(), 1, 2);
        await host.Output.ContainsAsync(bad.Text("/runId"));
    }
}
