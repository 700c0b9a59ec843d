using System.Globalization;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Strangers who have a link, or know an address, keep nobody from it. Whoever comes through a proxy is told from others.</summary>
public sealed class StrangersAtALink(StudioHost host) : IClassFixture<StudioHost>
{
    private ApiClient Anybody => host.Anybody;

    [OwnHostFact]
    public async Task Wrong_codes_without_the_cookie_leave_the_browser_that_asked_its_own_tries()
    {
        var (path, who) = await AskAsync();
        var asked = (await Anybody.PostAsync($"{path}/code")).Is(202);
        var cookie = ("Cookie", asked.Cookie("ht-code"));
        var code = await Anybody.CodeAsync(who);

        for (var left = 4; left >= 0; left--)
        {
            Assert.Equal(left, (await VerifyAsync(path, Wrong(code))).IsProblem(422, "wrong-code")["/triesLeft"]!.GetValue<int>());
        }

        (await VerifyAsync(path, code)).IsProblem(429, "too-many-tries");
        Assert.Equal(4, (await VerifyAsync(path, Wrong(code), cookie)).IsProblem(422, "wrong-code")["/triesLeft"]!.GetValue<int>());
        (await VerifyAsync(path, code, cookie)).Is(204);
    }

    [OwnHostFact]
    public async Task Strangers_from_everywhere_use_up_the_task_and_the_browser_that_asked_still_gets_in()
    {
        var (path, who) = await AskAsync();
        var cookie = ("Cookie", (await Anybody.PostAsync($"{path}/code", null, From("192.0.2.10"))).Is(202).Cookie("ht-code"));
        var code = await Anybody.CodeAsync(who);

        for (var i = 0; i < 20; i++)
        {
            (await VerifyAsync(path, Wrong(code), From($"203.0.113.{i}"))).IsProblem(422, "wrong-code");
        }

        var late = (await VerifyAsync(path, Wrong(code), From("198.51.100.1"))).IsProblem(429, "too-many-tries");
        Assert.True(int.Parse(late.Header("Retry-After")!, CultureInfo.InvariantCulture) > 60);
        (await VerifyAsync(path, code, From("192.0.2.10"))).IsProblem(429, "too-many-tries");
        (await VerifyAsync(path, code, cookie, From("198.51.100.2"))).Is(204);
    }

    [OwnHostFact]
    public async Task A_person_whose_router_has_a_guesser_behind_it_asks_from_the_page_and_gets_in()
    {
        var (path, who) = await AskAsync();
        (await Anybody.PostAsync($"{path}/code")).Is(202);
        var first = await Anybody.CodeAsync(who);
        for (var i = 0; i < 5; i++)
        {
            await VerifyAsync(path, Wrong(first));
        }

        using var person = new Visitor(host.Address);
        var page = (await person.OpenAsync(path)).Is(401);
        Assert.Null(page.Document.QuerySelector("input[autocomplete=one-time-code]"));
        (await person.PostAsync($"{path}/code", page)).Is(303);
        page = (await person.OpenAsync(path)).Is(401);
        await Steps.UntilAsync(() => Anybody.GetAsync("/dev/mail"), outbox => outbox["/items"]!.AsArray().Count(mail =>
            mail!.Text("/to/0") == who && mail.Text("/subject").StartsWith("Your code", StringComparison.Ordinal)) == 2);
        (await person.PostAsync($"{path}/verify", page, ("code", await Anybody.CodeAsync(who)))).Is(303);
    }

    [OwnHostFact]
    public async Task Addresses_that_a_caller_writes_before_the_proxy_s_do_not_count()
    {
        var (path, who) = await AskAsync();
        (await Anybody.PostAsync($"{path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who);

        for (var i = 0; i < 5; i++)
        {
            (await VerifyAsync(path, Wrong(code), From($"198.51.100.{i}, 203.0.113.77"))).IsProblem(422, "wrong-code");
        }

        (await VerifyAsync(path, Wrong(code), From("198.51.100.9, 203.0.113.77"))).IsProblem(429, "too-many-tries");
        (await VerifyAsync(path, Wrong(code), From("203.0.113.78"))).IsProblem(422, "wrong-code");
    }

    [OwnHostFact]
    public async Task A_whole_network_of_ipv6_is_one_caller()
    {
        var (path, who) = await AskAsync();
        (await Anybody.PostAsync($"{path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who);

        for (var i = 1; i <= 5; i++)
        {
            (await VerifyAsync(path, Wrong(code), From($"2001:db8:1:2::{i}"))).IsProblem(422, "wrong-code");
        }

        (await VerifyAsync(path, Wrong(code), From("2001:db8:1:2:ffff::9"))).IsProblem(429, "too-many-tries");
        (await VerifyAsync(path, Wrong(code), From("2001:db8:1:3::1"))).IsProblem(422, "wrong-code");
    }

    [OwnHostFact]
    public async Task Codes_that_strangers_ask_for_make_nobody_wait()
    {
        var (path, who) = await AskAsync();
        (await Anybody.PostAsync($"{path}/code", null, From("203.0.113.50"))).Is(202);
        (await Anybody.PostAsync($"{path}/code", null, From("203.0.113.50"))).IsProblem(429, "too-many-requests");

        (await Anybody.PostAsync($"{path}/code", null, From("192.0.2.50"))).Is(202);
        for (var i = 0; i < 13; i++)
        {
            await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{who}}" }""", From($"203.0.113.{i}")); // who is no member, so nothing is sent
        }

        (await Anybody.PostAsync($"{path}/code", null, From("192.0.2.51"))).Is(202);
    }

    [OwnHostFact]
    public async Task A_member_signs_in_whatever_strangers_type_at_their_address()
    {
        const string Who = "responder@example.com";
        var cookie = ("Cookie", (await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{Who}}" }""")).Is(202).Cookie("ht-code"));
        var code = await Anybody.CodeAsync(Who);
        for (var i = 0; i < 22; i++)
        {
            await SignInAsync(Who, Wrong(code), From($"203.0.113.{i}"));
        }

        (await SignInAsync(Who, code, From("192.0.2.1"))).IsProblem(429, "too-many-requests");
        (await SignInAsync(Who, code, cookie, From("192.0.2.1"))).Is(204);
    }

    private async Task<(string Path, string Who)> AskAsync()
    {
        var who = $"{Steps.Unique("who")}@example.com";
        var reply = (await host.Api.PostAsync("/api/tasks", $$"""
            { "title": "T", "assignee": "{{who}}", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }
            """)).Is(201);
        return (Steps.Asked(reply).Path, who);
    }

    private Task<Reply> VerifyAsync(string path, string code, params (string, string)[] headers) =>
        Anybody.PostAsync($"{path}/verify", $$"""{ "code": "{{code}}" }""", headers);

    private Task<Reply> SignInAsync(string who, string code, params (string, string)[] headers) =>
        Anybody.PostAsync("/studio/sign-in/code", $$"""{ "address": "{{who}}", "code": "{{code}}" }""", headers);

    private static (string, string) From(string address) => ("X-Forwarded-For", address);

    private static string Wrong(string code) => code == "111111" ? "222222" : "111111";
}
