using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Links;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Receipts;
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

    private readonly EngineHarness harness = new();

    [Fact]
    public async Task Is_a_jws_that_others_can_verify_and_says_what_was_answered_by_whom_and_how_that_is_known()
    {
        var receipts = await AnswerAllAsync();

        var answered = await VerifiedAsync(receipts[0], harness.ReceiptKeys);
        Assert.Equal("answered", answered.GetClaim("kind").Value);
        Assert.Equal("https://tasks.example", answered.Issuer);
        Assert.Equal(("ada@example.com", "code"), (answered.GetClaim("by").Value, answered.GetClaim("verified").Value));
        var payload = Payload(receipts[0]);
        Assert.Equal("yes", (string?)payload["values"]!["ok"]);
        Assert.Equal(("asking", 1), ((string?)payload["ruleSet"], (int?)payload["version"]));
        Assert.Equal(
            ["at", "by", "correlationId", "environment", "iat", "iss", "kind", "prev", "responseId", "ruleSet", "runId", "shown", "taskId", "v", "values", "verified", "version"],
            payload.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(2, (int?)payload["v"]);
        var shown = new JsonObject
        {
            ["title"] = "T",
            ["description"] = null,
            ["language"] = Core.Texts.Languages.Current,
            ["form"] = JsonNode.Parse("""{ "fields": [{ "name": "ok", "type": "text" }] }"""),
            ["context"] = new JsonObject(),
        };
        Assert.Equal(Base64UrlEncoder.Encode(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Write(shown))), (string?)payload["shown"]);
    }

    [Fact]
    public async Task Names_the_one_before_it_in_its_run_also_across_tasks()
    {
        var receipts = await AnswerAllAsync();

        Assert.Null(Payload(receipts[0])["prev"]);
        Assert.Equal(PayloadHashOf(receipts[0]), (string?)Payload(receipts[1])["prev"]);
        Assert.Equal(("rejected", "No"), ((string?)Payload(receipts[1])["kind"], (string?)Payload(receipts[1])["reason"]));
    }

    [Fact]
    public async Task Each_use_of_a_link_has_its_own_in_one_chain()
    {
        await harness.SaveAsync("next", """[{ "type": "end" }]""");
        await harness.SaveAsync("uses", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "maxUses": 3, "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "ruleSet": "next" } }]
            """);
        var run = await harness.StartAsync("uses");
        for (var use = 0; use < 3; use++)
        {
            Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": "yes" }"""));
        }

        var receipts = (await harness.Store.ResponsesOfTaskAsync((await harness.TaskOfAsync(run)).Id, default)).Select(response => response.Receipt!).ToArray();
        Assert.Equal(3, receipts.Length);
        Assert.Equal([null, PayloadHashOf(receipts[0]), PayloadHashOf(receipts[1])], receipts.Select(receipt => (string?)Payload(receipt)["prev"]));
        Assert.All(receipts, receipt => Assert.Equal("link", (string?)Payload(receipt)["verified"]));
    }

    [Fact]
    public async Task Old_keys_still_verify_when_a_new_one_signs()
    {
        var receipts = await AnswerAllAsync();
        using var rotated = new ReceiptKeys(new LinkKeyRing([Enumerable.Repeat((byte)7, 32).ToArray(), new byte[32]]));
        using var foreign = new ReceiptKeys(new LinkKeyRing([Enumerable.Repeat((byte)9, 32).ToArray()]));

        await VerifiedAsync(receipts[0], rotated);
        Assert.NotEqual(harness.ReceiptKeys.Id, rotated.Id);
        await Assert.ThrowsAsync<SecurityTokenSignatureKeyNotFoundException>(() => VerifiedAsync(receipts[0], foreign));
    }

    [Fact]
    public async Task Covers_what_the_person_read_in_the_language_in_which_they_read_it()
    {
        var (culture, german) = (System.Globalization.CultureInfo.CurrentUICulture, System.Globalization.CultureInfo.GetCultureInfo("de"));
        await harness.SaveAsync("spoken", """
            [{ "type": "humanTask", "name": "ask", "assignee": "ada@example.com", "title": { "en": "Pay?", "de": "Zahlen?" }, "description": { "en": "Now.", "de": "Jetzt." },
               "form": { "fields": [{ "name": "ok", "type": "text", "label": { "en": "Yes", "de": "Ja" } }] } }]
            """);
        var run = await harness.StartAsync("spoken");
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = german;
            var task = await harness.TaskOfAsync(run);
            await harness.Tasks.AcceptAsync(task, new JsonObject { ["ok"] = "yes" }, new Submission { By = "ada@example.com", MaxFileBytes = 1 }, default);
            var shown = new JsonObject
            {
                ["title"] = "Zahlen?",
                ["description"] = "Jetzt.",
                ["language"] = "de",
                ["form"] = task.Question.Form().Canonical is var form ? JsonNode.Parse(form) : null,
                ["context"] = new JsonObject(),
            };
            var receipt = Assert.Single(await harness.Store.ResponsesOfTaskAsync(task.Id, default)).Receipt!;
            Assert.Equal(Base64UrlEncoder.Encode(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Write(shown))), (string?)Payload(receipt)["shown"]);
            Assert.Contains("Ja", shown["form"]!.ToJsonString(), StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = culture;
        }
    }

    [Fact]
    public async Task Follows_one_that_an_older_build_made_and_counts_on_from_there()
    {
        await harness.SaveAsync("asking", Asking);
        var run = await harness.StartAsync("asking");
        var first = await harness.TaskOfAsync(run);
        var sender = new Submission { By = "ada@example.com", Verified = Verification.Code, ByLink = true, MaxFileBytes = 1 };
        await harness.Tasks.AcceptAsync(first, new JsonObject { ["ok"] = "yes" }, sender, default);
        await harness.SettleAsync();
        var second = (await harness.Store.TasksOfRunAsync(run.Id, default))[1];
        Assert.Equal(1, second.History.ReceiptEnd?.Count);
        var before = Assert.Single(await harness.Store.ResponsesOfTaskAsync(first.Id, default)).Receipt!;
        var asOlderBuildsLeaveIt = second.AtVersion(second.History.Version + 1);
        asOlderBuildsLeaveIt = asOlderBuildsLeaveIt with { History = asOlderBuildsLeaveIt.History with { ReceiptEnd = null } };
        Assert.True(await harness.Store.UpdateTaskAsync(asOlderBuildsLeaveIt, default));

        await harness.Tasks.RejectAsync(asOlderBuildsLeaveIt, "No", sender with { By = "bob@example.com" }, default);

        var after = Assert.Single(await harness.Store.ResponsesOfTaskAsync(second.Id, default)).Receipt!;
        Assert.Equal(PayloadHashOf(before), (string?)Payload(after)["prev"]);
        var stored = (await harness.Store.FindTaskAsync(second.Id, default))!;
        Assert.Equal(new ChainEnd(PayloadHashOf(after), 2), stored.History.ReceiptEnd);
        Assert.Equal(ReceiptSigner.HashOf(after), stored.History.ReceiptHead); // with which an older build goes on after a rollback
    }

    [Fact]
    public async Task Of_many_in_one_millisecond_comes_behind_the_one_that_it_names()
    {
        await harness.SaveAsync("next", """[{ "type": "end" }]""");
        await harness.SaveAsync("uses", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "maxUses": 12, "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "ruleSet": "next" } }]
            """);
        var run = await harness.StartAsync("uses");
        for (var use = 0; use < 12; use++)
        {
            Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": "yes" }"""));
        }

        var details = (await harness.Store.FindDetailsAsync(run.Id, default))!;
        var shuffled = (await harness.Store.ResponsesOfTaskAsync(details.Tasks[0].Id, default)).OrderBy(response => ReceiptSigner.HashOf(response.Receipt!));
        var chain = ChainLink.InOrder(shuffled);

        Assert.Equal([null, .. chain.SkipLast(1).Select(one => one.Link.Payload)], chain.Select(one => one.Link.Previous));
        Assert.Equal(new ChainEnd(chain[^1].Link.Payload, 12), details.Run.ReceiptEnd);
    }

    [Fact]
    public async Task That_was_taken_away_is_counted_in_the_head_all_the_same()
    {
        await AnswerAllAsync();
        var run = (await harness.Store.ListRunsAsync(new Core.Ports.RunQuery(EngineHarness.EnvironmentId, 10), default)).Items.Single();
        var details = (await harness.Store.FindDetailsAsync(run.Id, default))!;
        var ledger = new ReceiptLedger(harness.Receipts, harness.Store);
        var receipts = await ledger.ReadAsync(details.Tasks, default);

        var head = Payload(ledger.Head(details, [receipts[0]], DateTimeOffset.UnixEpoch));

        Assert.Equal(["at", "count", "hash", "kind", "runId"], head.Select(member => member.Key));
        Assert.Equal(("head", run.Id, 2), ((string?)head["kind"], (string?)head["runId"], (int?)head["count"]));
        Assert.Equal(receipts[1].Link.Payload, (string?)head["hash"]);
        Assert.Equal("1970-01-01T00:00:00.000Z", (string?)head["at"]);
    }

    [Theory]
    [InlineData("""{"b":1,"a":[true,null,"x"]}""", """{"a":[true,null,"x"],"b":1}""")]
    [InlineData("""{"n":[1E30,4.50,2e-3,0.000000000000000000000000001,-0,1.0,100,1e21,1e-7]}""", """{"n":[1e+30,4.5,0.002,1e-27,0,1,100,1e+21,1e-7]}""")]
    [InlineData("""{"n":[79228162514264337593543950335,-79228162514264337593543950335]}""", """{"n":[79228162514264337593543950335,-79228162514264337593543950335]}""")]
    [InlineData("""{"n":[12345678901234567890.12]}""", """{"n":[12345678901234567890.12]}""")]
    [InlineData("""{"n":[79228162514264337593543950335,-79228162514264337593543950335,79228162514264337593543950336,1E+400,-1e400,1e-400]}""", """{"n":[79228162514264337593543950335,-79228162514264337593543950335,7.922816251426434e+28,1E+400,-1e400,0]}""")]
    [InlineData("\"\\u20ac$\\u000f\\u000aA'B\\u0022\\u005c\\u005c\\u0022\\u002f\"", "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")]
    [InlineData("""{"\u20ac":1,"\r":2,"1":3,"\u00f6":4,"\ud83d\ude00":5}""", "{\"\\r\":2,\"1\":3,\"ö\":4,\"€\":1,\"\ud83d\ude00\":5}")]
    public void Is_over_json_in_its_one_form(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(json))));

    public void Dispose() => harness.Dispose();

    private async Task<string[]> AnswerAllAsync()
    {
        await harness.SaveAsync("asking", Asking);
        var run = await harness.StartAsync("asking");
        var first = await harness.TaskOfAsync(run);
        var sender = new Submission { By = "ada@example.com", Verified = Verification.Code, ByLink = true, MaxFileBytes = 1 };
        await harness.Tasks.AcceptAsync(first, new JsonObject { ["ok"] = "yes" }, sender, default);
        await harness.SettleAsync();
        var second = (await harness.Store.TasksOfRunAsync(run.Id, default))[1];
        await harness.Tasks.RejectAsync(second, "No", sender with { By = "bob@example.com" }, default);
        await harness.SettleAsync();
        return
        [
            Assert.Single(await harness.Store.ResponsesOfTaskAsync(first.Id, default)).Receipt!,
            Assert.Single(await harness.Store.ResponsesOfTaskAsync(second.Id, default)).Receipt!,
        ];
    }

    private static string PayloadHashOf(string jws) =>
        Base64UrlEncoder.Encode(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Write(Payload(jws))));

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
