using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

public partial class BehindAnIsolatedLink
{
    [OwnHostFact]
    public async Task A_link_that_expired_is_renewed_to_the_assigned_address_only_and_never_beyond_the_run()
    {
        var (asked, who) = await AskAsync(more: "\"expiresInHours\": 0.0002,");
        await Api.RunOverAsync(asked.RunId, "expired");
        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
        Assert.Contains("Send new link", (await PageAsync(asked.Path)).Is(410).Body, StringComparison.Ordinal);

        (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);
        (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);

        var mails = await MailsAsync(who, 3);
        Assert.Equal(3, mails.Count); // the link, that its time is over, the new one
        var fresh = LinkIn(mails.First(mail => mail.Text("/subject").StartsWith("Your new link", StringComparison.Ordinal)));
        Assert.NotEqual(asked.Path, fresh);
        var run = (await Api.RunAsync(asked.RunId))!;
        Assert.Equal("paused", run.Text("/status"));
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.True(task["/expiresAt"]!.GetValue<DateTimeOffset>() <= run["/availableUntil"]!.GetValue<DateTimeOffset>());
        var renewed = asked with { Link = new Uri(host.Address, fresh).ToString() };
        var session = await Anybody.VerifyAsync(renewed, who);
        (await Anybody.PostAsync(fresh, Approve, session)).Is(200);
        await Api.RunOverAsync(asked.RunId);
    }

    [OwnHostFact]
    public async Task A_fresh_link_is_answered_alike_where_there_is_none()
    {
        var (asked, who) = await AskAsync();
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);

        var mine = (await Anybody.PostAsync($"{asked.Path}/fresh-link")).Is(202);
        var none = (await Anybody.PostAsync($"{asked.Path[..^4]}AAAA/fresh-link")).Is(202);

        Assert.Equal(mine.Body, none.Body);
        Assert.Single(await MailsAsync(who));
    }
}
