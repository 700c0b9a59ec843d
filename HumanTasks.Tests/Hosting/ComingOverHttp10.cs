using System.Net.Sockets;
using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>What nginx sends by default: HTTP/1.0, and no length where there is no body.</summary>
public sealed class ComingOverHttp10 : IAsyncLifetime
{
    private HostProcess host = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        if (OwnHost.SkipReason is null)
        {
            host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:Limits:EmailsPerHour", "0"));
            api = new ApiClient(host.Address, host.ApiKey);
        }
    }

    public async Task DisposeAsync()
    {
        api?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    [OwnHostTheory]
    [InlineData("")]
    [InlineData("Content-Length: 0\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Type: application/json\r\n")]
    [InlineData("Content-Type: application/json; charset=utf-8\r\n")]
    public async Task A_POST_without_a_body_does_what_it_says(string headers)
    {
        var asked = await api.AssignAsync("\"allowReject\": true,");
        var failed = await api.StartAsync(await api.SaveAsync("""[{ "type": "end", "status": "failed" }]"""));
        await api.RunOverAsync(failed.Text("/runId"), "failed");
        var claimed = (await api.PostAsync("/api/tasks", """{ "title": "T", "candidates": ["ann@example.com"], "form": { "fields": [{ "name": "a", "type": "text" }] } }""")).Is(201);
        var ruleSet = await api.SaveAsync("""[{ "type": "end" }]""");

        Assert.Equal(204, await PostAsync($"/api/tasks/{asked.TaskId}/remind", headers));
        Assert.Equal(200, await PostAsync($"/api/tasks/{asked.TaskId}/link", headers));
        Assert.Equal(204, await PostAsync($"/api/runs/{failed.Text("/runId")}/retry", headers));
        Assert.Equal(202, await PostAsync($"/api/rule-sets/{ruleSet}/runs", headers));
        Assert.Equal(204, await PostAsync($"/api/tasks/{claimed.Text("/taskId")}/release", headers));
        Assert.Equal(202, await PostAsync($"{(await api.AssignAsync()).Path}/code", headers, "Accept: application/json\r\n"));
        Assert.Equal(204, await PostAsync($"/api/tasks/{(await api.AssignAsync("\"allowReject\": true,")).TaskId}/reject", headers));
        Assert.Equal(204, await PostAsync($"/api/tasks/{claimed.Text("/taskId")}/cancel", headers));
        Assert.Equal(204, await PostAsync($"/api/runs/{asked.RunId}/cancel", headers));
    }

    [OwnHostFact]
    public async Task A_head_that_comes_in_pieces_is_read_and_a_body_stays_a_body()
    {
        var asked = await api.AssignAsync();

        Assert.Equal(204, await SendAsync([.. $"POST /api/tasks/{asked.TaskId}/remind HTTP/1.0\r\nAuthorization: Bearer {host.ApiKey}\r\n\r\n".Chunk(7).Select(piece => new string(piece))]));
        const string Reason = """{ "reason": "Enough" }""";
        Assert.Equal(204, await SendAsync(
            $"POST /api/tasks/{asked.TaskId}/cancel HTTP/1.0\r\nAuthorization: Bearer {host.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: {Reason.Length}\r\n\r\n", Reason));
        Assert.Equal("Enough", (await api.TaskAsync(asked.TaskId)).Text("/statusReason"));
    }

    private Task<int> PostAsync(string path, string headers, string more = "") =>
        SendAsync($"POST {path} HTTP/1.0\r\nHost: {host.Address.Authority}\r\nConnection: close\r\nAuthorization: Bearer {host.ApiKey}\r\n{headers}{more}\r\n");

    private async Task<int> SendAsync(params string[] pieces)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = socket.GetStream();
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece));
            await stream.FlushAsync();
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
