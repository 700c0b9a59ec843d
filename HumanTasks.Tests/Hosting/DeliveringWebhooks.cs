using System.Collections.Concurrent;
using HumanTasks.Client;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>A webhook from its signature to its list, between two processes.</summary>
public sealed class DeliveringWebhooks
{
    private const string Secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [OwnHostFact]
    public async Task It_is_genuine_listed_and_delivered_again()
    {
        ConcurrentQueue<string> taken = new();
        var verifier = new WebhookVerifier(Secret);
        var address = HostProcess.FreeAddress();
        var builder = WebApplication.CreateSlimBuilder();
        await using var receiver = builder.Build();
        receiver.Urls.Add(address.ToString());
        receiver.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var headers = request.Headers;
            if (!verifier.IsGenuine(headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], body.ToArray()))
            {
                return Results.Unauthorized();
            }

            taken.Enqueue(headers["webhook-id"]!);
            return Results.NoContent();
        });
        await receiver.StartAsync();
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:AllowPrivateAddresses", "true")
            .With("HumanTasks:Environments:0:WebhookSecrets:0", Secret));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = Steps.Asked((await api.PostAsync("/api/interventions", $$"""
            { "title": "T", "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "webhook": "{{address}}hook" } }
            """)).Is(201));
        (await anybody.SubmitAsync(asked.Path, """{ "ok": "yes" }""")).Is(200);

        var list = await Steps.UntilAsync(() => api.GetAsync("/api/webhooks/deliveries?status=delivered"), reply => reply["/items/0"] is not null);
        list["/items/0"]!.MustHave("id", "status", "url", "correlationId", "responseId", "createdAt", "nextAttemptAt", "bodySha256", "attempts");
        Assert.Equal(asked.CorrelationId, list.Text("/items/0/correlationId"));
        var id = list.Text("/items/0/id");
        (await api.PostAsync($"/api/webhooks/deliveries/{id}/redeliver")).Is(204);
        await Steps.UntilAsync(() => api.GetAsync("/api/webhooks/deliveries"), reply => reply["/items/0/attempts"]!.AsArray().Count == 2);
        Assert.Equal([id, id], taken);
        (await api.PostAsync($"/api/webhooks/deliveries/{asked.RunId}/redeliver")).IsProblem(404, "not-found");
        (await api.GetAsync("/api/webhooks/deliveries?status=nonsense")).IsProblem(400, "malformed-request");
    }
}
