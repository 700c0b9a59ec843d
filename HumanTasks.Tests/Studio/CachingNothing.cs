using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Nothing but assets and schemas may be kept by a browser or a proxy, and nothing of an environment is told to who is not of it.</summary>
public class CachingNothing(StudioHost host) : IClassFixture<StudioHost>
{
    public static TheoryData<Route> AllRoutes { get; } = [.. RoutesOfTheHouse.All.Select(item => item.Route).Where(route => !route.Pattern.StartsWith("/schemas/", StringComparison.Ordinal))];

    [OwnHostTheory]
    [MemberData(nameof(AllRoutes))]
    public async Task Every_answer_but_an_asset_is_no_store(Route route)
    {
        var member = await host.AsAsync("walker");
        var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern.Replace("{environment}", "default", StringComparison.Ordinal), "{[^}]+}", "unknown");

        foreach (var reply in (Reply[])
            [
                await host.Anybody.SendAsync(new HttpMethod(route.Method), path),
                await host.Api.SendAsync(new HttpMethod(route.Method), path, route.IsReading ? null : ApiClient.Json("{}")),
                await member.ForgeAsync(new HttpMethod(route.Method), path, route.IsReading ? null : "{}"),
                await member.PageAsync(path),
            ])
        {
            Assert.Contains("no-store", reply.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task Refusals_redirects_and_304_are_no_store_and_an_ETag_still_works()
    {
        var first = (await host.Api.GetAsync("/api/rule-sets")).Is(200);
        var again = (await host.Api.GetAsync("/api/rule-sets", ("If-None-Match", first.Header("ETag")!))).Is(304);
        foreach (var reply in (Reply[])
            [
                first,
                again,
                await host.Anybody.GetAsync("/nothing/here"),
                await host.Anybody.GetAsync("/api/runs"),
                await host.Anybody.GetAsync("/studio", ("Accept", "text/html")),
                await host.Anybody.GetAsync("/assets/none.000000000000.css"),
                await host.Anybody.GetAsync("/health/ready"),
                await host.Anybody.GetAsync("/.well-known/jwks.json"),
                await host.Anybody.GetAsync("/openapi/v1.json"),
            ])
        {
            Assert.Contains("no-store", reply.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [OwnHostTheory]
    [InlineData("/api/tasks?environment=nowhere")]
    [InlineData("/api/runs?environment=elsewhere")]
    [InlineData("/api/me?environment=nowhere")]
    [InlineData("/api/overview?environment=")]
    public async Task An_environment_that_is_not_the_caller_s_is_not_found_whether_or_not_there_is_one(string path)
    {
        (await (await host.AsAsync("editor")).GetAsync(path)).IsProblem(404, "not-found");
        (await host.Api.GetAsync(path)).IsProblem(404, "not-found");
        (await (await host.AsAsync("editor")).GetAsync("/api/tasks", ("HumanTasks-Environment", "nowhere"))).IsProblem(404, "not-found");
        (await host.Anybody.GetAsync(path)).IsProblem(401, "unauthorized");
    }

    [OwnHostFact]
    public async Task Files_of_a_brand_answer_alike_for_every_environment_and_for_none()
    {
        (await host.Api.PutAsync("/api/branding", """{ "accent": "#7a1f5c" }""")).Is(200);
        foreach (var file in (string[])["site.css", "site.000000000000.css", "x.css", "logo.000000000000.png", "logo.svg", "x"])
        {
            var own = await host.Anybody.GetAsync($"/brand/default/{file}");
            foreach (var other in (string[])["elsewhere", "nowhere", "DEFAULT"])
            {
                var reply = await host.Anybody.GetAsync($"/brand/{other}/{file}");
                Assert.Equal(own.Status, reply.Status);
                Assert.Equal(WithoutTrace(own.Body), WithoutTrace(reply.Body));
                Assert.Equal((own.Header("Cache-Control"), own.ContentType), (reply.Header("Cache-Control"), reply.ContentType));
            }
        }
    }

    private static string WithoutTrace(string body) => body.Split("\"traceId\"")[0];
}
