using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

public partial class BehindAnIsolatedLink
{
    [OwnHostFact]
    public async Task Cancelling_and_issuing_the_link_again_end_the_session()
    {
        var (cancelled, who) = await AskAsync();
        var first = await Anybody.VerifyAsync(cancelled, who);
        var (reissued, other) = await AskAsync();
        var second = await Anybody.VerifyAsync(reissued, other);

        (await Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);
        var link = (await Api.PostAsync($"/api/tasks/{reissued.TaskId}/link")).Is(200).Text("/link");

        (await Anybody.GetAsync(cancelled.Path, first)).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(reissued.Path, second)).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(Steps.PathOf(link), second)).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task A_member_with_that_address_goes_straight_through_and_no_other_member_does()
    {
        var (asked, _) = await AskAsync("editor@example.com");
        var (editor, viewer) = (await host.AsAsync("editor"), await host.AsAsync("viewer"));

        (await viewer.GetAsync(asked.Path)).IsProblem(401, "verification-required");
        (await editor.GetAsync(asked.Path)).Is(200);
        (await editor.PostAsync(asked.Path, Approve)).Is(200);

        Assert.Equal("editor@example.com", (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/by"));
    }

    [OwnHostFact]
    public async Task The_same_submission_twice_is_answered_alike_though_the_session_is_over()
    {
        var (asked, who) = await AskAsync();
        var session = await Anybody.VerifyAsync(asked, who);

        var first = (await Anybody.PostAsync(asked.Path, Approve, session, ("Idempotency-Key", "one"))).Is(200);
        var again = (await Anybody.PostAsync(asked.Path, Approve, session, ("Idempotency-Key", "one"))).Is(200);

        Assert.Equal(first.Body, again.Body);
        (await Anybody.PostAsync(asked.Path, Approve, ("Idempotency-Key", "one"))).IsProblem(410, "link-used-up");
    }

    [OwnHostFact]
    public async Task Without_a_script_a_person_gets_from_the_mail_to_the_receipt()
    {
        var (asked, who) = await AskAsync();
        using var person = new Visitor(host.Address);

        var page = (await person.OpenAsync(asked.Path)).Is(401);
        Assert.DoesNotContain(who, page.Reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("R-17", page.Reply.Body, StringComparison.Ordinal);
        (await person.PostAsync($"{asked.Path}/code", page)).Is(303);
        page = (await person.OpenAsync(asked.Path)).Is(401);
        Assert.NotNull(page.Document.QuerySelector("input[autocomplete=one-time-code]"));
        var code = await Anybody.CodeAsync(who);
        var wrong = (await person.PostAsync($"{asked.Path}/verify", page, ("code", Wrong(code)))).Is(422);
        Assert.Contains("4 attempts left", wrong.Text, StringComparison.Ordinal);
        (await person.PostAsync($"{asked.Path}/verify", wrong, ("code", $" {code[..3]} {code[3..]} "))).Is(303);
        var form = (await person.OpenAsync(asked.Path)).Is(200).Fill("decision", "approve");
        var receipt = (await person.SendAndFollowAsync(form)).Is(200);

        Assert.Contains("Thank you", receipt.Heading, StringComparison.Ordinal);
        (await person.OpenAsync(asked.Path)).Is(410);
        using var another = new Visitor(host.Address);
        (await another.OpenAsync(receipt.Path)).Is(410);
    }

    [OwnHostFact]
    public async Task A_form_of_another_site_does_nothing()
    {
        var (asked, who) = await AskAsync();
        await MailsAsync(who);

        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/code", null, ("Accept", "text/html"))).Is(400);
        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/code", null, ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "cross-site-request");
        (await Anybody.SendAsync(HttpMethod.Post, $"{asked.Path}/fresh-link", null, ("Accept", "text/html"))).Is(400);

        Assert.Single(await MailsAsync(who));
    }
}
