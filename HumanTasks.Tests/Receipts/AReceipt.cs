using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Links;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Runs;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HumanTasks.Tests.Receipts;

/// <summary>What says in a way that can be checked that somebody answered. Looked at with a library that is not ours.</summary>
public sealed class AReceipt : IDisposable
{
    private const string Asking = """
        [{ "type": "humanTask", "name": "first", "assignee": "ada@example.com", "title": "T", "form": { "fields": [{ "name": "ok", "type": "text" }] } },
         { "type": "humanTask", "name": "second", "assignee": "bob@example.com", "title": "T", "allowReject": true, "form": { "fields": [{ "name": "ok", "type": "text" }] } }]
        """;

    private readonly House house = new();

    [Fact]
    public async Task Is_a_jws_that_others_can_verify_and_says_what_was_answered_by_whom_and_how_that_is_known()
    {
        var receipts = await AnswerAllAsync();

        var answered = await VerifiedAsync(receipts[0], house.ReceiptKeys);
        Assert.Equal("answered", answered.GetClaim("kind").Value);
        Assert.Equal("https://tasks.example", answered.Issuer);
        Assert.Equal(("ada@example.com", "code"), (answered.GetClaim("by").Value, answered.GetClaim("verified").Value));
        var payload = Payload(receipts[0]);
        Assert.Equal("yes", (string?)payload["values"]!["ok"]);
        Assert.Equal(("asking", 1), ((string?)payload["ruleSet"], (int?)payload["version"]));
        Assert.Equal(
            ["at", "by", "correlationId", "environment", "iat", "iss", "kind", "prev", "responseId", "ruleSet", "runId", "shown", "taskId", "values", "verified", "version"],
            payload.Select(member => member.Key).Order(StringComparer.Ordinal));
        var shown = new JsonObject { ["form"] = JsonNode.Parse("""{ "fields": [{ "name": "ok", "type": "text" }] }"""), ["context"] = new JsonObject() };
        Assert.Equal(Base64UrlEncoder.Encode(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Write(shown))), (string?)payload["shown"]);
    }

    [Fact]
    public async Task Names_the_one_before_it_in_its_run_also_across_tasks()
    {
        var receipts = await AnswerAllAsync();

        Assert.Null(Payload(receipts[0])["prev"]);
        Assert.Equal(ReceiptSigner.HashOf(receipts[0]), (string?)Payload(receipts[1])["prev"]);
        Assert.Equal(("rejected", "No"), ((string?)Payload(receipts[1])["kind"], (string?)Payload(receipts[1])["reason"]));
    }

    [Fact]
    public async Task Each_use_of_a_link_has_its_own_in_one_chain()
    {
        await house.SaveAsync("next", """[{ "type": "end" }]""");
        await house.SaveAsync("uses", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "maxUses": 3, "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "ruleSet": "next" } }]
            """);
        var run = await house.StartAsync("uses");
        for (var use = 0; use < 3; use++)
        {
            Assert.IsType<Verdict.Accepted>(await house.SubmitAsync(await house.TaskOfAsync(run), """{ "ok": "yes" }"""));
        }

        var receipts = (await house.Store.ResponsesOfTaskAsync((await house.TaskOfAsync(run)).Id, default)).Select(response => response.Receipt!).ToArray();
        Assert.Equal(3, receipts.Length);
        Assert.Equal([null, ReceiptSigner.HashOf(receipts[0]), ReceiptSigner.HashOf(receipts[1])], receipts.Select(receipt => (string?)Payload(receipt)["prev"]));
        Assert.All(receipts, receipt => Assert.Equal("link", (string?)Payload(receipt)["verified"]));
    }

    [Fact]
    public async Task Old_keys_still_verify_when_a_new_one_signs()
    {
        var receipts = await AnswerAllAsync();
        using var rotated = new ReceiptKeys(new LinkKeyRing([Enumerable.Repeat((byte)7, 32).ToArray(), new byte[32]]));
        using var foreign = new ReceiptKeys(new LinkKeyRing([Enumerable.Repeat((byte)9, 32).ToArray()]));

        await VerifiedAsync(receipts[0], rotated);
        Assert.NotEqual(house.ReceiptKeys.Id, rotated.Id);
        await Assert.ThrowsAsync<SecurityTokenSignatureKeyNotFoundException>(() => VerifiedAsync(receipts[0], foreign));
    }

    [Theory]
    [InlineData("""{"b":1,"a":[true,null,"x"]}""", """{"a":[true,null,"x"],"b":1}""")]
    [InlineData("""{"n":[1E30,4.50,2e-3,0.000000000000000000000000001,-0,1.0,100,1e21,1e-7]}""", """{"n":[1e+30,4.5,0.002,1e-27,0,1,100,1e+21,1e-7]}""")]
    [InlineData("""{"n":[12345678901234567890.12]}""", """{"n":[12345678901234567890.12]}""")]
    [InlineData("\"\\u20ac$\\u000f\\u000aA'B\\u0022\\u005c\\u005c\\u0022\\u002f\"", "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")]
    [InlineData("""{"\u20ac":1,"\r":2,"1":3,"\u00f6":4,"\ud83d\ude00":5}""", "{\"\\r\":2,\"1\":3,\"ö\":4,\"€\":1,\"\ud83d\ude00\":5}")]
    public void Is_over_json_in_its_one_form(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(json))));

    public void Dispose() => house.Dispose();

    private async Task<string[]> AnswerAllAsync()
    {
        await house.SaveAsync("asking", Asking);
        var run = await house.StartAsync("asking");
        var first = await house.TaskOfAsync(run);
        var sender = new Submission { By = "ada@example.com", Verified = Verification.Code, ByLink = true, MaxFileBytes = 1 };
        await house.Tasks.AcceptAsync(first, new JsonObject { ["ok"] = "yes" }, sender, default);
        await house.SettleAsync();
        var second = (await house.Store.TasksOfRunAsync(run.Id, default))[1];
        await house.Tasks.RejectAsync(second, "No", sender with { By = "bob@example.com" }, default);
        await house.SettleAsync();
        return
        [
            Assert.Single(await house.Store.ResponsesOfTaskAsync(first.Id, default)).Receipt!,
            Assert.Single(await house.Store.ResponsesOfTaskAsync(second.Id, default)).Receipt!,
        ];
    }

    private static JsonObject Payload(string jws) =>
        JsonNode.Parse(Base64UrlEncoder.DecodeBytes(jws.Split('.')[1]))!.AsObject();

    private static async Task<JsonWebToken> VerifiedAsync(string jws, ReceiptKeys keys)
    {
        var set = new JsonWebKeySet(new JsonObject { ["keys"] = new JsonArray([.. keys.Public.Select(key => key.DeepClone())]) }.ToJsonString());
#pragma warning disable CA5404 // a receipt is for everybody and does not end
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jws, new TokenValidationParameters
        {
            IssuerSigningKeys = set.GetSigningKeys(),
            ValidAlgorithms = ["ES256"],
            ValidateAudience = false,
            ValidateLifetime = false,
            ValidIssuer = "https://tasks.example",
        });
#pragma warning restore CA5404
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw result.Exception;
    }
}
