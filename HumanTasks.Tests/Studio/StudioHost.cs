using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>
/// A host with members of every role in one environment, somebody in another one, and one where human tasks are not enabled.
/// </summary>
public class StudioHost : IAsyncLifetime
{
    public const string Elsewhere = "elsewhere";
    public const string Bare = "bare";

    private const string ElsewhereKey = "ht_elsewhere-elsewhere-elsewhere-elsewhere-ab";
    private const string BareKey = "ht_bare-bare-bare-bare-bare-bare-bare-bare-bar";

    private readonly Dictionary<string, MemberClient> members = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>The process; there is none where the host is another one.</summary>
    public HostProcess Host { get; private set; } = null!;

    public ApiClient Api { get; private set; } = null!;

    public ApiClient Anybody { get; private set; } = null!;

    public ApiClient ApiElsewhere { get; private set; } = null!;

    public ApiClient ApiBare { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public static HostSettings Settings { get; } = new HostSettings()
        .WithMember(0, 0, "owner@example.com", "Olga Owner", "Owner")
        .WithMember(0, 1, "editor@example.com", "Ed Editor", "Editor")
        .WithMember(0, 2, "responder@example.com", "Rita Responder", "Responder")
        .WithMember(0, 3, "viewer@example.com", "Vic Viewer", "Viewer")
        .WithMember(0, 4, "walker@example.com", "Wanda Walker", "Owner")
        .WithMember(0, 5, "reader@example.com", "Rob Reader", "Editor")
        .WithEnvironment(1, Elsewhere, ("DisplayName", "Elsewhere"))
        .WithMember(1, 0, "stranger@example.com", "Sam Stranger", "Owner")
        .WithMember(1, 1, "owner@example.com", "Olga Owner", "Viewer")
        .WithEnvironment(2, Bare, ("DisplayName", "Bare"), ("HumanTasks", "false"))
        .WithMember(2, 0, "bare@example.com", "Barbara Bare", "Owner")
        .WithKey(1, Elsewhere, ElsewhereKey, "admin")
        .WithKey(2, Bare, BareKey, "admin")
        .With("HumanTasks:Limits:RefusalsPerMinute", "0")
        .With("HumanTasks:Limits:EmailsPerHour", "0");

    /// <summary>How this one is configured.</summary>
    private protected virtual HostSettings Own => Settings;

    public async Task InitializeAsync()
    {
        if (OwnHost.SkipReason is not null)
        {
            return;
        }

        (Address, var key) = await StartAsync();
        Api = new ApiClient(Address, key);
        Anybody = new ApiClient(Address);
        ApiElsewhere = new ApiClient(Address, ElsewhereKey);
        ApiBare = new ApiClient(Address, BareKey);
    }

    /// <summary>Starts the host; answers where it is and a key of every scope.</summary>
    private protected virtual async Task<(Uri Address, string Key)> StartAsync()
    {
        Host = await HostProcess.StartNewAsync(Own);
        return (Host.Address, Host.ApiKey);
    }

    public virtual async Task DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }

    /// <summary>A member who signed in once, by a code; the same for who asks again.</summary>
    public async Task<MemberClient> AsAsync(string name)
    {
        await gate.WaitAsync();
        try
        {
            return members.TryGetValue(name, out var known)
                ? known
                : members[name] = await MemberClient.SignInAsync(Address, $"{name}@example.com");
        }
        finally
        {
            gate.Release();
        }
    }
}

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
