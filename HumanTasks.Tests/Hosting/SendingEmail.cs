using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;

namespace HumanTasks.Tests.Hosting;

/// <summary>Email by SMTP from a host of its own: outages, slow servers and what an email looks like on the wire.</summary>
public sealed class SendingEmail
{
    private const string Question = """
        { "title": "Größe prüfen", "assignee": "ada@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "expiresInHours": 24 }
        """;

    [OwnHostFact]
    public async Task An_email_says_that_a_program_sent_it_and_carries_its_language_where_clients_keep_it()
    {
        using var server = new SmtpServer();
        await using var host = await StartAsync(server.Port);
        using var api = new ApiClient(host.Address, host.ApiKey);

        (await api.PostAsync("/api/tasks", Question)).Is(201);
        await UntilAsync(() => !server.Taken.IsEmpty);

        var email = server.Taken.Single();
        Assert.Contains("Auto-Submitted: auto-generated", email, StringComparison.Ordinal);
        Assert.Contains("From: Tasks of Example <tasks@example.com>", email, StringComparison.Ordinal);
        Assert.Contains("<main class=3D\"mail\" lang=3D\"en\" dir=3D\"ltr\">", email.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task An_outage_loses_no_email_makes_the_host_degraded_and_is_over_within_a_minute_of_the_server_s_return()
    {
        int port;
        using (var gone = new SmtpServer())
        {
            port = gone.Port;
        }

        await using var host = await StartAsync(port);
        using var api = new ApiClient(host.Address, host.ApiKey);
        var task = (await api.PostAsync("/api/tasks", Question)).Is(201).Text("/taskId");
        await UntilAsync(async () => (await api.GetAsync("/health/ready")).Text("/status") == "degraded");
        (await api.GetAsync("/health/ready")).Is(200);
        await UntilAsync(async () => (await api.GetAsync($"/api/tasks/{task}"))["/mail/state"]?.GetValue<string>() == "failed");

        using var server = new SmtpServer(port);
        await UntilAsync(() => !server.Taken.IsEmpty, seconds: 60);

        Assert.Single(server.Taken);
        await UntilAsync(async () => (await api.GetAsync($"/api/tasks/{task}"))["/mail"] is null);
        Assert.Equal("healthy", (await api.GetAsync("/health/ready")).Text("/status"));
    }

    [OwnHostFact]
    public async Task A_server_that_accepts_and_says_nothing_delays_no_other_effect()
    {
        using var server = new SmtpServer { IsSilent = true };
        var calls = 0;
        var world = HostProcess.FreeAddress();
        await using var receiver = WebApplication.CreateSlimBuilder().Build();
        receiver.Urls.Add(world.ToString());
        receiver.MapPost("/hook", () => Interlocked.Increment(ref calls));
        await receiver.StartAsync();
        await using var host = await StartAsync(server.Port);
        using var api = new ApiClient(host.Address, host.ApiKey);
        for (var i = 0; i < 100; i++)
        {
            (await api.PostAsync("/api/tasks", Question)).Is(201);
        }

        (await api.PutAsync("/api/rule-sets/call", $$"""
            { "actions": [{ "type": "http", "name": "h", "method": "POST", "url": "{{world}}hook" }] }
            """)).Is(201);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 75; i++)
        {
            (await api.PostAsync("/api/rule-sets/call/runs", "{}")).Is(202);
        }

        await UntilAsync(() => Volatile.Read(ref calls) == 75);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    [OwnHostTheory]
    [InlineData("HumanTasks:Smtp:From", "", "HumanTasks:Smtp:From")]
    [InlineData("HumanTasks:Smtp:From", "nobody", "HumanTasks:Smtp:From")]
    public async Task A_mail_server_without_a_sender_is_refused_at_the_start(string setting, string value, string named)
    {
        await using var host = new HostProcess(Settings(2525).With(setting, value));

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    private static HostSettings Settings(int port) => new HostSettings()
        .With("HumanTasks:AllowPrivateAddresses", "true")
        .With("HumanTasks:Smtp:Host", "127.0.0.1")
        .With("HumanTasks:Smtp:Port", port.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .With("HumanTasks:Smtp:UseTls", "false")
        .With("HumanTasks:Smtp:From", "Tasks of Example <tasks@example.com>");

    private static Task<HostProcess> StartAsync(int port) => HostProcess.StartNewAsync(Settings(port));

    private static Task UntilAsync(Func<bool> holds, int seconds = 30) => UntilAsync(() => Task.FromResult(holds()), seconds);

    private static async Task UntilAsync(Func<Task<bool>> holds, int seconds = 30)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds), "It did not come to that in time.");
            await Task.Delay(50);
        }
    }
}
