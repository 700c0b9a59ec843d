using System.Net;
using System.Text;
using HumanTasks.Client;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Links;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>An answer goes on at an address: signed, tried for a day, delivered again under the same id.</summary>
public sealed class AWebhook : IDisposable
{
    private const string Old = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string New = "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB=";

    private readonly EngineHarness harness = new(webhookSecrets: [WebhookSignature.SecretOf(New)!, WebhookSignature.SecretOf(Old)!]);

    [Fact]
    public async Task Is_signed_with_every_secret_so_that_receivers_change_theirs_when_they_like()
    {
        await AnsweredAsync();

        var request = Assert.Single(harness.World.Requests);
        foreach (var secret in (string[])[Old, New])
        {
            var verifier = new WebhookVerifier(secret) { Time = harness.Time };
            Assert.True(IsGenuine(verifier, request));
            Assert.False(IsGenuine(verifier, request with { Body = request.Body + " " }));
            Assert.False(IsGenuine(verifier, request with { Id = "msg_other" }));
            Assert.False(IsGenuine(verifier, request with { Signature = "v1,AAAA" }));
        }

        Assert.False(IsGenuine(new WebhookVerifier("whsec_CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC=") { Time = harness.Time }, request));
        harness.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.False(IsGenuine(new WebhookVerifier(New) { Time = harness.Time }, request));
        var told = WebhookVerifier.Read(Encoding.UTF8.GetBytes(request.Body));
        Assert.Equal("yes", (string?)told.Values["ok"]);
        Assert.Equal("link", told.Verified);
    }

    [Fact]
    public async Task Is_tried_for_about_a_day_and_then_waits_for_somebody()
    {
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        var started = harness.Time.GetUtcNow();
        var delivery = await AnsweredAsync();
        while (delivery.State is RunState.Running { Retry: { } retry })
        {
            await harness.WaitAsync(retry.Until - harness.Time.GetUtcNow());
            delivery = await harness.FindAsync(delivery.Id);
        }

        Assert.IsType<RunState.Failed>(delivery.State);
        Assert.InRange(harness.Time.GetUtcNow() - started, TimeSpan.FromHours(20), TimeSpan.FromHours(28));
        Assert.Equal(11, harness.World.Requests.Count);
        Assert.Single(harness.World.Requests.Select(request => (request.Id, request.Body)).Distinct());
        Assert.Equal(11, harness.World.Requests.Select(request => request.Timestamp).Distinct().Count());
        Assert.All(new WebhookDelivery(delivery).Tries(), attempt => Assert.Equal("POST hook.example returned 404.", attempt.Problem));
    }

    [Fact]
    public async Task Gives_up_at_once_where_the_receiver_says_that_it_is_gone()
    {
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.Gone);

        Assert.IsType<RunState.Failed>((await AnsweredAsync()).State);
        Assert.Single(harness.World.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Is_delivered_once_more_under_the_same_id_however_it_stands(HttpStatusCode before)
    {
        harness.World.Answer = _ => new HttpResponseMessage(before);
        var delivery = await AnsweredAsync();
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK);

        Assert.IsType<RunVerdict.Done>(await harness.Runs.RedeliverAsync(EngineHarness.EnvironmentId, delivery.Id, "key", default));
        await harness.SettleAsync();

        delivery = await harness.FindAsync(delivery.Id);
        Assert.IsType<RunState.Completed>(delivery.State);
        Assert.Equal(2, harness.World.Requests.Count);
        Assert.Single(harness.World.Requests.Select(request => request.Id).Distinct());
        Assert.Equal(2, new WebhookDelivery(delivery).Tries().Count);
        Assert.Null(new WebhookDelivery(delivery).Tries()[1].Problem);
    }

    [Fact]
    public async Task Only_a_delivery_is_delivered_again()
    {
        await harness.SaveAsync("nothing", """[{ "type": "end" }]""");
        var run = await harness.StartAsync("nothing");

        Assert.IsType<RunVerdict.Unknown>(await harness.Runs.RedeliverAsync(EngineHarness.EnvironmentId, run.Id, null, default));
    }

    [Fact]
    public async Task Its_list_shows_no_query_which_may_hold_a_secret_and_the_hash_of_what_was_sent()
    {
        var delivery = new WebhookDelivery(await AnsweredAsync());

        Assert.Equal("https://hook.example/in", delivery.Address);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(harness.World.Requests[0].Body))),
            delivery.BodyHash);
    }

    public void Dispose() => harness.Dispose();

    private static bool IsGenuine(WebhookVerifier verifier, Hook hook) =>
        verifier.IsGenuine(hook.Id, hook.Timestamp, hook.Signature, Encoding.UTF8.GetBytes(hook.Body));

    private async Task<Core.Runs.Run> AnsweredAsync()
    {
        await harness.SaveAsync("asking", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "form": { "fields": [{ "name": "ok", "type": "text" }] },
               "continuation": { "webhook": "https://hook.example/in?token=secret" } }]
            """);
        var run = await harness.StartAsync("asking");
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": "yes" }""");
        await harness.SettleAsync();
        return Assert.Single(await harness.ContinuationsAsync(run));
    }
}
