using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>How members come in, and how they are out again.</summary>
public sealed class SigningIn(StudioHost host) : IClassFixture<StudioHost>
{
    private ApiClient Anybody => host.Anybody;

    [OwnHostFact]
    public async Task A_member_who_types_the_mailed_code_is_in()
    {
        using var viewer = await MemberClient.SignInAsync(host.Address, "VIEWER@example.com");

        var me = (await viewer.GetAsync("/api/me")).Is(200);

        Assert.Equal("viewer@example.com", me.Text("/address"));
        Assert.Equal("Vic Viewer", me.Text("/name"));
        Assert.Equal("viewer", me.Text("/role"));
        Assert.Equal("default", me.Text("/environments/0/id"));
        (await viewer.PageAsync("/studio/default/tasks")).Is(200);
    }

    [OwnHostFact]
    public async Task A_stranger_is_answered_like_a_member_and_gets_no_mail()
    {
        var who = $"{Steps.Unique("nobody")}@example.com";

        (await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{who}}" }""")).Is(202);
        (await Anybody.PostAsync("/studio/sign-in/code", $$"""{ "address": "{{who}}", "code": "000000" }""")).IsProblem(422, "wrong-code");
        (await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{who}}" }""")).IsProblem(429, "too-many-requests");

        Assert.DoesNotContain((await Anybody.GetAsync("/dev/mail"))["/items"]!.AsArray(), mail => mail!["to"]![0]!.GetValue<string>() == who);
    }

    [OwnHostFact]
    public async Task Five_wrong_codes_lock_and_the_right_one_comes_too_late()
    {
        const string Who = "editor@example.com";
        (await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{Who}}" }""")).Is(202);
        var code = await Anybody.CodeAsync(Who);
        var wrong = code == "111111" ? "222222" : "111111";

        for (var left = 4; left >= 0; left--)
        {
            var refused = (await CodeAsync(Who, wrong)).IsProblem(422, "wrong-code");
            Assert.Equal(left, refused["/triesLeft"]!.GetValue<int>());
        }

        (await CodeAsync(Who, code)).IsProblem(429, "too-many-requests");
        (await Anybody.PostAsync("/studio/sign-in", $$"""{ "address": "{{Who}}" }""")).IsProblem(429, "too-many-requests");
    }

    [OwnHostFact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using var member = await SignedInByLinkAsync("owner@example.com");

        (await member.FormAsync("/studio/sign-out")).Is(303);

        (await Anybody.GetAsync("/api/me", ("Cookie", member.Session))).IsProblem(401, "unauthorized");
    }

    [OwnHostFact]
    public async Task Sessions_are_listed_and_another_one_can_be_ended()
    {
        using var first = await SignedInByLinkAsync("owner@example.com");
        using var second = await SignedInByLinkAsync("owner@example.com");
        var other = (await second.GetAsync("/api/me/sessions")).Is(200)["/items"]!.AsArray()
            .First(session => session!["isThis"]!.GetValue<bool>() == false)!["id"]!.GetValue<string>();
        var own = (await first.GetAsync("/api/me/sessions"))["/items"]!.AsArray().First(session => session!["isThis"]!.GetValue<bool>())!["id"]!.GetValue<string>();

        (await second.ForgeAsync(HttpMethod.Delete, $"/api/me/sessions/{own}")).IsProblem(400, "antiforgery-token-missing");
        (await second.SendAsync(HttpMethod.Delete, $"/api/me/sessions/{own}")).Is(204);
        (await second.SendAsync(HttpMethod.Delete, $"/api/me/sessions/{own}")).IsProblem(404, "not-found");

        (await first.GetAsync("/api/me")).IsProblem(401, "unauthorized");
        (await second.GetAsync("/api/me")).Is(200);
        Assert.NotEqual("", other);
    }

    [OwnHostFact]
    public async Task A_printed_address_signs_in_once_and_only_when_its_button_is_pressed()
    {
        var path = await PrintedAsync("owner@example.com");
        using var person = new Visitor(host.Address);

        var page = (await person.OpenAsync(path)).Is(200);
        (await person.OpenAsync(path)).Is(200);
        Assert.Contains("owner@example.com", page.Text, StringComparison.Ordinal);
        (await SendAsync(person, path)).Is(303);

        (await person.OpenAsync("/studio/default/tasks?status=all")).Is(200);
        using var another = new Visitor(host.Address);
        (await SendAsync(another, path)).Is(410);
    }

    [OwnHostFact]
    public async Task A_bent_printed_address_signs_nobody_in()
    {
        var path = await PrintedAsync("owner@example.com");
        var bent = path[..^1] + (path[^1] == 'a' ? 'b' : 'a');
        using var person = new Visitor(host.Address);

        Assert.DoesNotContain("owner@example.com", (await person.OpenAsync(bent)).Text, StringComparison.Ordinal);
        (await Anybody.SendAsync(HttpMethod.Post, path, null, ("Accept", "text/html"))).Is(400);
    }

    [OwnHostFact]
    public async Task Nobody_is_printed_an_address_who_is_no_member()
    {
        var (code, said) = await host.Host.RunBesideAsync("--sign-in", "nobody@example.com");

        Assert.Equal(1, code);
        Assert.Contains("nobody@example.com", said, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        var page = (await Anybody.GetAsync("/studio/default/runs?status=failed", ("Accept", "text/html"))).Is(303);
        Assert.Equal("/studio/sign-in?return=%2Fstudio%2Fdefault%2Fruns%3Fstatus%3Dfailed", page.Header("Location"));

        var signIn = (await Anybody.GetAsync("/studio/sign-in?return=https%3A%2F%2Fevil.example%2Fstudio", ("Accept", "text/html"))).Is(200);
        Assert.DoesNotContain("evil.example", signIn.Body, StringComparison.Ordinal);
        (await Anybody.GetAsync("/api/tasks")).IsProblem(401, "unauthorized");
    }

    [OwnHostFact]
    public async Task The_principal_header_of_the_platform_is_refused_loudly_where_nobody_trusts_it()
    {
        var header = Principal("owner@example.com");

        (await Anybody.GetAsync("/api/me", ("X-MS-CLIENT-PRINCIPAL", header))).IsProblem(403, "untrusted-principal-header");
        (await Anybody.GetAsync("/studio/sign-in", ("X-MS-CLIENT-PRINCIPAL", header))).IsProblem(403, "untrusted-principal-header");
        await host.Host.Output.ContainsAsync("X-MS-CLIENT-PRINCIPAL");
    }

    [OwnHostFact]
    public async Task The_principal_header_of_the_platform_signs_in_where_it_is_trusted()
    {
        await using var trusting = await HostProcess.StartNewAsync(
            new HostSettings().WithMember(0, 0, "ada@example.com", "Ada", "Editor").With("HumanTasks:SignIn:AppService", "true"));
        using var anybody = new ApiClient(trusting.Address);
        (string, string) ada = ("X-MS-CLIENT-PRINCIPAL", Principal("ada@example.com"));
        var page = (await anybody.GetAsync("/studio/sign-in", ("Accept", "text/html"), ada)).Is(200);
        Assert.Contains("Continue as ada@example.com", new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.Body).Body!.TextContent, StringComparison.Ordinal);
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.Body)
            .QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        async Task<Reply> ContinueAsync((string, string) who) => await anybody.SendAsync(
            HttpMethod.Post,
            "/studio/sign-in/platform",
            new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]),
            ("Accept", "text/html"),
            ("Cookie", page.Cookie("ht-antiforgery")),
            who);

        var signedIn = (await ContinueAsync(ada)).Is(303);
        Assert.Equal("ada@example.com", (await anybody.GetAsync("/api/me", ("Cookie", signedIn.Cookie("ht-session")))).Text("/address"));
        Assert.Contains("stranger", (await ContinueAsync(("X-MS-CLIENT-PRINCIPAL", Principal("eve@example.com")))).Is(303).Header("Location"), StringComparison.Ordinal);
        Assert.Contains("stranger", (await ContinueAsync(("X-MS-CLIENT-PRINCIPAL", "not base64!"))).Is(303).Header("Location"), StringComparison.Ordinal);
        foreach (var spelled in (string[])["\\u00a0ADA@Example.com\\t", "ada@example.com\\u200b"])
        {
            signedIn = (await ContinueAsync(("X-MS-CLIENT-PRINCIPAL", Principal(spelled)))).Is(303);
            Assert.Equal("ada@example.com", (await anybody.GetAsync("/api/me", ("Cookie", signedIn.Cookie("ht-session")))).Text("/address"));
        }

        foreach (var alike in (string[])["ａda@example.com", "ⓐda@example.com", "ada＠example.com", "Ada <ada@example.com>", "ada@example.com, eve@example.com"])
        {
            Assert.Contains("stranger", (await ContinueAsync(("X-MS-CLIENT-PRINCIPAL", Principal(alike)))).Is(303).Header("Location"), StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task A_member_is_known_by_a_domain_in_either_form_and_asks_for_codes_as_one_person()
    {
        await using var own = await HostProcess.StartNewAsync(new HostSettings().WithMember(0, 0, "Ada@BÜCHER.example", "Ada", "Editor"));
        using var anybody = new ApiClient(own.Address);

        using var ada = await MemberClient.SignInAsync(own.Address, "ada@xn--bcher-kva.example");

        Assert.Equal("ada@xn--bcher-kva.example", (await ada.GetAsync("/api/me")).Text("/address"));
        (await anybody.PostAsync("/studio/sign-in", """{ "address": "\u00a0ADA@bücher.example\t" }""")).IsProblem(429, "too-many-requests");
        (await anybody.PostAsync("/studio/sign-in", """{ "address": "ａda@xn--bcher-kva.example" }""")).IsProblem(422, "invalid-request").HasProblemAt("/address");
    }

    [OwnHostFact]
    public async Task A_member_who_is_removed_while_the_host_runs_is_out_at_the_next_request()
    {
        await using var own = await HostProcess.StartNewAsync(new HostSettings());
        var start = new Uri(await own.Output.StartAsync()).PathAndQuery;
        using var person = new Visitor(own.Address);
        (await SendAsync(person, start.Replace("/start/", "/studio/sign-in/link/", StringComparison.Ordinal))).Is(303);
        (await person.OpenAsync("/studio/default/tasks?status=all")).Is(200);

        var file = Path.Combine(own.DataFolder, "settings.json");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        settings["HumanTasks"]!["Environments"]![0]!["Members"]![0]!["Address"] = "another@example.com";
        using var asks = new ApiClient(own.Address);
        var cookie = person.Cookies.GetCookies(own.Address).First(cookie => cookie.Name == "ht-session");
        await File.WriteAllTextAsync(file, "{ half of it");
        (await asks.GetAsync("/api/me", ("Cookie", $"ht-session={cookie.Value}"))).Is(200);

        await File.WriteAllTextAsync(file, settings.ToJsonString());
        (await asks.GetAsync("/api/me", ("Cookie", $"ht-session={cookie.Value}"))).Is(401);
    }

    private Task<Reply> CodeAsync(string who, string code) =>
        Anybody.PostAsync("/studio/sign-in/code", $$"""{ "address": "{{who}}", "code": "{{code}}" }""");

    private Task<MemberClient> SignedInByLinkAsync(string who) => MemberClient.SignInByLinkAsync(host.Host, who);

    private Task<string> PrintedAsync(string who) => MemberClient.PrintedLinkAsync(host.Host, who);

    private static Task<Page> SendAsync(Visitor person, string path) => MemberClient.FollowAsync(person, path);

    private static string Principal(string address) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$"""{ "auth_typ": "aad", "claims": [{ "typ": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "val": "{{address}}" }] }"""));
}
