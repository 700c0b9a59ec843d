using System.Globalization;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>
/// Routing ignores the case of a path and decodes it. Whoever has a member's cookie and no token gets nowhere, however they
/// write the address: on every route that the application has.
/// </summary>
public class SpellingAddressesOtherwise(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Question =
        """{ "title": "Look", "assignee": "owner@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] } }""";

    private const string Body = """{ "values": { "ok": true }, "assignee": "eve@example.com", "text": "x", "action": "cancel", "ids": [] }""";

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static (StudioHost Host, Asked Task, string RuleSet)? asked;

    /// <summary>The ways to write the same address.</summary>
    private static readonly (string Name, Func<string, string> Of)[] Spellings =
    [
        ("as it is", path => path),
        ("other case", Each(segment => segment.ToUpperInvariant())),
        ("mixed case", Each(segment => string.Concat(segment.Select((letter, i) => i % 2 == 0 ? char.ToUpperInvariant(letter) : letter)))),
        ("percent-encoded", Each(segment => $"%{(int)segment[0]:x2}{segment[1..]}")),
        ("percent-encoded capitals", Each(segment => string.Concat(
            segment.Select(letter => string.Create(CultureInfo.InvariantCulture, $"%{(int)char.ToUpperInvariant(letter):X2}"))))),
        ("doubled at the front", path => $"/{path}"),
        ("doubled slashes", path => path.Replace("/", "//", StringComparison.Ordinal)),
        ("slash at the end", path => $"{path}/"),
        ("a dot segment", path => $"/.{path}"),
    ];

    public static TheoryData<Route> ChangingRoutes { get; } =
        [.. RoutesOfTheHouse.All.Select(item => item.Route).Where(route => !route.IsReading)];

    [OwnHostTheory]
    [MemberData(nameof(ChangingRoutes))]
    public async Task What_a_cookie_alone_asks_for_is_not_done_however_its_address_is_written(Route route)
    {
        var (task, ruleSet) = await AskedAsync();
        var owner = await host.AsAsync("owner");

        foreach (var (name, of) in Spellings)
        {
            var path = of(route.Pattern)
                .Replace("{environment}", "default", StringComparison.OrdinalIgnoreCase)
                .Replace("{id}", route.Pattern.Contains("/runs/", StringComparison.Ordinal) ? task.RunId : task.TaskId, StringComparison.OrdinalIgnoreCase)
                .Replace("{name}", ruleSet, StringComparison.OrdinalIgnoreCase)
                .Replace("{token}", task.Path["/task/".Length..], StringComparison.OrdinalIgnoreCase);
            foreach (var reply in (Reply[])[await owner.ForgeAsync(new HttpMethod(route.Method), path, Body), await owner.ForgeFormAsync(path)])
            {
                if (CountsCookies(route))
                {
                    Assert.True(reply.Status >= 400, $"{route} {name}: {reply.Status} {reply.Body}");
                }

                Assert.True(reply.Status < 500, $"{route} {name}: {reply.Status} {reply.Body}");
            }
        }

        var after = await host.Api.TaskAsync(task.TaskId);
        Assert.Equal(("pending", "owner@example.com"), (after.Text("/status"), after.Text("/assignee")));
        Assert.Equal("paused", (await host.Api.GetAsync($"/api/runs/{task.RunId}")).Text("/status"));
        (await owner.GetAsync("/api/me")).Is(200);
    }

    [OwnHostTheory]
    [InlineData("/API/tasks")]
    [InlineData("/Api/Runs")]
    [InlineData("/%61pi/tasks")]
    public async Task Whoever_is_not_signed_in_gets_problem_details_from_the_API_however_its_address_is_written(string path) =>
        (await host.Anybody.GetAsync(path, ("Cookie", "ht-session=over"))).IsProblem(401, "unauthorized");

    [OwnHostTheory]
    [InlineData("/API/me")]
    [InlineData("/%73tudio/sign-in")]
    [InlineData("/STUDIO")]
    public async Task An_untrusted_principal_is_refused_however_the_address_is_written(string path) =>
        (await host.Anybody.GetAsync(path, ("X-MS-CLIENT-PRINCIPAL", "e30="))).IsProblem(403, "untrusted-principal-header");

    [OwnHostFact]
    public async Task A_secure_link_opens_and_asks_for_a_code_however_its_address_is_written()
    {
        var task = Steps.Asked((await host.Api.PostAsync("/api/tasks", Question)).Is(201));

        (await host.Anybody.GetAsync($"/TASK/{task.Path["/task/".Length..]}")).IsProblem(401, "verification-required");
    }

    [OwnHostFact]
    public async Task The_same_request_under_one_key_is_the_same_however_its_address_is_written()
    {
        var key = ("Idempotency-Key", Steps.Unique("spelling"));

        var first = (await host.Api.PostAsync("/api/tasks", Question, key)).Is(201);
        var again = (await host.Api.PostAsync("/API/Tasks", Question, key)).Is(201);

        Assert.Equal(first.Text("/taskId"), again.Text("/taskId"));
    }

    /// <summary>Whether a route does anything for whoever brings a member's cookie; a public link and a code ask for none.</summary>
    private static bool CountsCookies(Route route) =>
        RoutesOfTheHouse.Guarded.Contains(route)
        || (route.Pattern.StartsWith("/task/", StringComparison.Ordinal) && !route.Pattern.EndsWith("/code", StringComparison.Ordinal)
            && !route.Pattern.EndsWith("/verify", StringComparison.Ordinal) && !route.Pattern.EndsWith("/fresh-link", StringComparison.Ordinal));

    private static Func<string, string> Each(Func<string, string> change) => pattern => string.Join(
        '/', pattern.Split('/').Select(segment => segment.Length == 0 || segment[0] == '{' ? segment : change(segment)));

    private async Task<(Asked Task, string RuleSet)> AskedAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (asked is not { } known || known.Host != host)
            {
                var task = Steps.Asked((await host.Api.PostAsync("/api/tasks", Question)).Is(201));
                asked = known = (host, task, await host.Api.SaveAsync(Steps.DecidedActions, "spelt"));
            }

            return (known.Task, known.RuleSet);
        }
        finally
        {
            Gate.Release();
        }
    }
}
