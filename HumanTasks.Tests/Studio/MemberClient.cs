using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>A member as a program: their cookies, and the token that changes need.</summary>
public sealed class MemberClient : IDisposable
{
    private readonly ApiClient client;
    private readonly string cookie;
    private readonly string token;

    private MemberClient(ApiClient client, string cookie, string token, string session)
    {
        this.client = client;
        this.cookie = cookie;
        this.token = token;
        Session = session;
    }

    /// <summary>The session's own cookie.</summary>
    public string Session { get; }

    public static async Task<MemberClient> SignInAsync(Uri address, string who)
    {
        var client = new ApiClient(address);
        (await client.PostAsync("/studio/sign-in", $$"""{ "address": "{{who}}" }""")).Is(202);
        var code = await client.CodeAsync(who);
        var signedIn = (await client.PostAsync("/studio/sign-in/code", $$"""{ "address": "{{who}}", "code": "{{code}}" }""")).Is(204);
        return await OfAsync(client, signedIn.Cookie("ht-session"));
    }

    /// <summary>By an address that the host prints, as its owner on a new machine does.</summary>
    public static async Task<MemberClient> SignInByLinkAsync(HostProcess host, string who)
    {
        using var person = new Visitor(host.Address);
        (await FollowAsync(person, await PrintedLinkAsync(host, who))).Is(303);
        var cookie = person.Cookies.GetCookies(host.Address).First(cookie => cookie.Name == "ht-session");
        return await OfAsync(new ApiClient(host.Address), $"ht-session={cookie.Value}");
    }

    public static async Task<string> PrintedLinkAsync(HostProcess host, string who)
    {
        var (code, said) = await host.RunBesideAsync("--sign-in", who);
        Assert.True(code == 0, said);
        return new Uri(said.Trim().Split(' ')[^1]).PathAndQuery;
    }

    public static async Task<Page> FollowAsync(Visitor person, string path)
    {
        var page = await person.OpenAsync(path);
        if (page.Document.QuerySelector("form") is not { } form)
        {
            return await person.PostAsync(path, page.Document.QuerySelector("[name=__RequestVerificationToken]")?.GetAttribute("value"));
        }

        return await person.PostAsync(path, form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value"));
    }

    public static async Task<MemberClient> OfAsync(ApiClient client, string session)
    {
        var me = (await client.GetAsync("/api/me", ("Cookie", session))).Is(200);
        return new MemberClient(client, $"{session}; {me.Cookie("ht-antiforgery")}", me.Text("/csrfToken"), session);
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        client.GetAsync(path, [("Cookie", cookie), .. headers]);

    /// <summary>A page, as a browser asks for it.</summary>
    public Task<Reply> PageAsync(string path, params (string Name, string Value)[] headers) =>
        client.GetAsync(path, [("Cookie", cookie), ("Accept", "text/html"), .. headers]);

    /// <summary>A request without a body and without the token.</summary>
    public Task<Reply> AskAsync(HttpMethod method, string path, string accepted, params (string Name, string Value)[] headers) =>
        client.SendAsync(method, path, null, [("Cookie", cookie), ("Accept", accepted), .. headers]);

    public Task<Reply> PostAsync(string path, string? json = "{}", params (string Name, string Value)[] headers) =>
        client.PostAsync(path, json, [("Cookie", cookie), ("X-CSRF-Token", token), .. headers]);

    public Task<Reply> SendAsync(HttpMethod method, string path, string? json = null) =>
        client.SendAsync(method, path, ApiClient.Json(json), ("Cookie", cookie), ("X-CSRF-Token", token));

    /// <summary>Sends a form of a page, with the token as a page has it.</summary>
    public Task<Reply> FormAsync(string path, params (string Name, string Value)[] fields) => client.SendAsync(
        HttpMethod.Post,
        path,
        new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]),
        ("Cookie", cookie),
        ("Accept", "text/html"));

    /// <summary>Without the token, as a page of another site would.</summary>
    public Task<Reply> ForgeAsync(HttpMethod method, string path, string? json = "{}") =>
        client.SendAsync(method, path, ApiClient.Json(json), ("Cookie", cookie));

    /// <summary>A form without the token.</summary>
    public Task<Reply> ForgeFormAsync(string path) => client.SendAsync(
        HttpMethod.Post,
        path,
        new FormUrlEncodedContent([KeyValuePair.Create("ok", "true"), KeyValuePair.Create("assignee", "eve@example.com")]),
        ("Cookie", cookie),
        ("Accept", "text/html"));

    public void Dispose() => client.Dispose();
}
