using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>How patiently the effects of a rule set are tried again.</summary>
public sealed class RetryingAnEffect : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Without_a_policy_it_is_tried_for_twelve_minutes()
    {
        await SaveAsync("");
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var run = await harness.StartAsync("call");

        for (var minutes = 0; minutes < 11; minutes++)
        {
            await harness.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<RunState.Running>((await harness.FindAsync(run.Id)).State);
        await harness.WaitAsync(TimeSpan.FromMinutes(1));
        await harness.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.IsType<RunState.Failed>((await harness.FindAsync(run.Id)).State);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task A_client_error_is_final(int status)
    {
        await SaveAsync("");
        harness.World.Answer = _ => new HttpResponseMessage((HttpStatusCode)status);

        Assert.IsType<RunState.Failed>((await harness.StartAsync("call")).State);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_error_that_may_pass_is_not(int status)
    {
        await SaveAsync("");
        harness.World.Answer = _ => new HttpResponseMessage((HttpStatusCode)status);

        Assert.IsType<RunState.Running>((await harness.StartAsync("call")).State);
    }

    [Theory]
    [InlineData("""{ "on": ["http.status.404"] }""", 404, true)]
    [InlineData("""{ "on": ["http.status.4xx"] }""", 409, true)]
    [InlineData("""{ "on": ["http.*"] }""", 401, true)]
    [InlineData("""{ "on": ["http.network"] }""", 503, false)]
    [InlineData("""{ "attempts": 1 }""", 503, false)]
    public async Task A_policy_names_the_errors_after_which_it_is_tried_again(string policy, int status, bool retries)
    {
        await SaveAsync($"""
            , "retry": {policy}
            """);
        harness.World.Answer = _ => new HttpResponseMessage((HttpStatusCode)status);

        var state = (await harness.StartAsync("call")).State;

        Assert.Equal(retries, state is RunState.Running);
    }

    [Fact]
    public async Task A_server_s_Retry_After_counts_in_seconds_and_as_a_date()
    {
        await SaveAsync("");
        harness.World.Answer = _ => Later(new RetryConditionHeaderValue(TimeSpan.FromSeconds(90)));
        var seconds = await harness.StartAsync("call");
        harness.World.Answer = _ => Later(new RetryConditionHeaderValue(harness.Time.GetUtcNow().AddSeconds(120)));
        var date = await harness.StartAsync("call");

        Assert.Equal(harness.Time.GetUtcNow().AddSeconds(90), ((RunState.Running)seconds.State).Retry!.Until);
        Assert.Equal(harness.Time.GetUtcNow().AddSeconds(120), ((RunState.Running)date.State).Retry!.Until);

        static HttpResponseMessage Later(RetryConditionHeaderValue value)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter = value;
            return answer;
        }
    }

    [Fact]
    public async Task Pauses_grow_by_the_policy_s_factor_up_to_its_longest()
    {
        await SaveAsync(""", "retry": { "firstSeconds": 10, "factor": 3, "maxSeconds": 40, "giveUpAfterHours": 1 } """);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.BadGateway);
        var run = await harness.StartAsync("call");

        foreach (var pause in new[] { 10, 30, 40, 40 })
        {
            var retry = ((RunState.Running)(await harness.FindAsync(run.Id)).State).Retry!;
            Assert.Equal(harness.Time.GetUtcNow().AddSeconds(pause), retry.Until);
            await harness.WaitAsync(TimeSpan.FromSeconds(pause));
        }
    }

    [Fact]
    public async Task An_email_to_a_wrong_address_is_final_and_one_that_is_not_taken_now_is_not()
    {
        await harness.SaveAsync("tell", """[{ "type": "email", "to": "a@example.com", "subject": "s", "body": "b" }]""");
        harness.Mail.Refuses = new EffectFailedException("No such user.") { MayPass = false, WrongAddress = true };
        Assert.IsType<RunState.Failed>((await harness.StartAsync("tell")).State);

        harness.Mail.Refuses = new EffectFailedException("Greylisted.");
        Assert.IsType<RunState.Running>((await harness.StartAsync("tell")).State);
    }

    [Theory]
    [InlineData("""{ "attempts": 0 }""", "/actions/0/retry/attempts")]
    [InlineData("""{ "attempts": 51 }""", "/actions/0/retry/attempts")]
    [InlineData("""{ "factor": 0.5 }""", "/actions/0/retry/factor")]
    [InlineData("""{ "giveUpAfterHours": 0 }""", "/actions/0/retry/giveUpAfterHours")]
    [InlineData("""{ "on": [] }""", "/actions/0/retry/on")]
    [InlineData("""{ "on": ["http.oops"] }""", "/actions/0/retry/on/0")]
    [InlineData("""{ "tries": 3 }""", "/actions/0/retry/tries")]
    public void A_policy_that_makes_no_sense_is_refused_where_it_stands(string policy, string pointer)
    {
        var problems = new Problems();
        RuleSetReader.Read(
            JsonElement.Parse($$"""
                { "actions": [{ "type": "http", "name": "pay", "url": "https://pay.example/", "retry": {{policy}} }] }
                """),
            problems,
            harness.Environment.Limits);

        Assert.Equal(pointer, Assert.Single(problems).Pointer);
    }

    private Task SaveAsync(string more) => harness.SaveAsync("call", $$"""
        [{ "type": "http", "name": "pay", "method": "POST", "url": "https://pay.example/" {{more}} }]
        """);
}
