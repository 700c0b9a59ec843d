using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>On a host in production that has no mail server.</summary>
public sealed class TellingThatAnEmailFailed
{
    private const string Form = """ "form": { "fields": [{ "name": "a", "type": "text", "label": "A" }] } """;

    [OwnHostFact]
    public async Task A_task_whose_email_failed_says_so_in_the_API_and_in_the_Studio_until_somebody_else_has_it()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings { Development = false });
        using var api = new ApiClient(host.Address, host.ApiKey);
        var id = (await api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "ann@example.com", {{Form}} }""")).Is(201).Text("/taskId");
        using var owner = await MemberClient.SignInByLinkAsync(host, "Owner@localhost");

        var task = await Steps.UntilAsync(() => api.GetAsync($"/api/tasks/{id}"), task => task["/mail"] is not null);
        Assert.Equal("failed", task.Text("/mail/state"));
        Assert.Contains("No mail server", task.Text("/mail/error"), StringComparison.Ordinal);
        Assert.True(task["/mail/since"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
        Assert.Equal("failed", (string?)Assert.Single(await api.ListAsync("/api/tasks?assignee=Ann@Example.com"))["mail"]!["state"]);
        Assert.Contains("Email not sent", (await owner.PageAsync($"/studio/default/tasks/{id}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("Email not sent", (await owner.PageAsync("/studio/default/tasks?view=cards")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("Email not sent", (await owner.PageAsync("/studio/default/tasks?view=table")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains(
            "exactly one email address", (await owner.FormAsync($"/studio/default/tasks/{id}/reassign", ("assignee", "Bob"))).Is(409).Body, StringComparison.Ordinal);

        (await owner.FormAsync($"/studio/default/tasks/{id}/reassign", ("assignee", " Owner@LOCALHOST "))).Is(303);
        task = await api.TaskAsync(id);
        Assert.Equal(("owner@localhost", null), (task.Text("/assignee"), task["/mail"]));
        Assert.DoesNotContain("Email not sent", (await owner.PageAsync($"/studio/default/tasks/{id}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal([id], (await owner.GetAsync("/api/tasks?assignee=me")).Is(200)["/items"]!.AsArray().Select(item => (string?)item!["id"]));
    }
}
