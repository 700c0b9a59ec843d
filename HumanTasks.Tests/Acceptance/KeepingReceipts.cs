using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Receipts over HTTP, and their check without a host.</summary>
[Collection(AcceptanceSuite.Name)]
public class KeepingReceipts(Deployment deployment) : AcceptanceTest(deployment)
{
    [Fact]
    public async Task Every_answer_has_one_and_the_keys_are_public()
    {
        var asked = await Api.InterveneAsync(""" "maxUses": 2, """);
        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        var second = (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);

        var list = (await Api.GetAsync($"/api/runs/{asked.RunId}/receipts")).Is(200);
        Assert.Equal(2, list["/items"]!.AsArray().Count);
        list["/items/0"]!.MustHave("kind", "at", "taskId", "jws");
        Assert.Equal("answered", list.Text("/items/0/kind"));
        var keys = (await Anybody.GetAsync("/.well-known/jwks.json")).Is(200);
        keys["/keys/0"]!.MustHave("kty", "crv", "x", "y", "kid", "alg", "use");
        var own = (await Anybody.GetAsync($"{asked.Path}/responses/{second.Text("/responseId")}/receipt.json")).Is(200);
        Assert.Equal(list.Text("/items/1/jws"), own.Text("/jws"));
        var head = JsonNode.Parse(Base64Url.DecodeFromChars(list.Text("/head").Split('.')[1]))!;
        Assert.Equal(("head", asked.RunId, 2), ((string?)head["kind"], (string?)head["runId"], (int?)head["count"]));
        var last = SHA256.HashData(Base64Url.DecodeFromChars(list.Text("/items/1/jws").Split('.')[1]));
        Assert.Equal(Base64Url.EncodeToString(last), (string?)head["hash"]);
        (await Api.GetAsync("/api/runs/none/receipts")).IsProblem(404, "not-found");
        var none = (await Api.GetAsync($"/api/runs/{second.Text("/runId")}/receipts")).Is(200);
        Assert.Empty(none["/items"]!.AsArray());
        Assert.Contains("\"count\":0,\"hash\":null", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(none.Text("/head").Split('.')[1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printable_one_has_no_empty_row_where_nobody_knows_who_answered()
    {
        var asked = await Api.InterveneAsync();
        var sent = (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);

        var page = (await Anybody.GetAsync($"{asked.Path}/responses/{sent.Text("/responseId")}/receipt.html", ("Accept", "text/html"))).Is(200).Body;

        Assert.Contains("<dt>Responded</dt>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>By</dt>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dd>–</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("~intervention", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_come_in_pages_for_who_asks_for_pages_and_each_has_the_head()
    {
        var asked = await Api.InterveneAsync(""" "maxUses": 5, """);
        for (var use = 0; use < 5; use++)
        {
            (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        }

        var path = $"/api/runs/{asked.RunId}/receipts";
        var all = (await Api.GetAsync(path)).Is(200)["/items"]!.AsArray().Select(item => (string)item!["jws"]!).ToArray();
        List<string> paged = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await Api.GetAsync($"{path}?limit=2&cursor={Uri.EscapeDataString(cursor)}")).Is(200);
            paged.AddRange(page["/items"]!.AsArray().Select(item => (string)item!["jws"]!));
            Assert.NotEmpty(page.Text("/head"));
            cursor = (string?)page["/next"];
        }

        Assert.Equal(5, all.Length);
        Assert.Equal(all, paged);
        (await Api.GetAsync($"{path}?cursor=garbled")).IsProblem(400, "invalid-query");
        (await Api.GetAsync($"{path}?limit=0")).IsProblem(400, "malformed-request");
        var etag = (await Api.GetAsync(path)).Is(200).Headers.ETag!.ToString();
        Assert.Equal(etag, (await Api.GetAsync(path)).Is(200).Headers.ETag!.ToString());
    }

    [OwnHostFact]
    public async Task They_are_checked_offline_and_what_is_wrong_is_named()
    {
        var asked = await Api.InterveneAsync(""" "maxUses": 3, """);
        for (var use = 0; use < 3; use++)
        {
            (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        }

        var list = (await Api.GetAsync($"/api/runs/{asked.RunId}/receipts")).Is(200);
        var receipts = list["/items"]!.AsArray().Select(item => (string)item!["jws"]!).ToArray();
        var folder = Directory.CreateTempSubdirectory("humantasks-receipts-");
        string Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        try
        {
            var keys = Write("keys.json", (await Anybody.GetAsync("/.well-known/jwks.json")).Is(200).Body);
            await using var host = new HostProcess(new HostSettings());
            async Task<string> VerifyAsync(int code, params string[] files)
            {
                var (exit, said) = await host.RunBesideAsync(["verify", .. files, "--jwks", keys]);
                Assert.True(exit == code, said);
                return said;
            }

            Assert.Contains("their chains are complete", await VerifyAsync(0, Write("run.json", list.Body)), StringComparison.Ordinal);
            Assert.EndsWith("their chains are complete.", (await VerifyAsync(0, Write("run.json", list.Body))).Trim(), StringComparison.Ordinal);
            list["/items"]!.AsArray().RemoveAt(2);
            Assert.Contains("the last receipt of the run", await VerifyAsync(1, Write("short.json", list.Json!.ToJsonString())), StringComparison.Ordinal);
            Assert.Contains("Not checked: whether the run", await VerifyAsync(0, [.. receipts.Select((jws, index) => Write($"{index}.jws", jws))]), StringComparison.Ordinal);
            Assert.Contains("is missing", await VerifyAsync(1, Write("gap.jws", $"{receipts[0]}\n{receipts[2]}")), StringComparison.Ordinal);
            var parts = receipts[0].Split('.');
            var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
            var changed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.Replace("approve", "decline", StringComparison.Ordinal)));
            Assert.Contains("changed after it was signed", await VerifyAsync(1, Write("changed.jws", $"{parts[0]}.{changed}.{parts[2]}")), StringComparison.Ordinal);
            var (alone, without) = await host.RunBesideAsync(["verify", Write("run.json", list.Body), keys]);
            Assert.True(alone == 1 && without.Trim().Split('\n').Length == 1, without);
            var (near, named) = await host.RunBesideAsync("--called-from", folder.FullName, "verify", "run.json", "--jwks", "keys.json");
            Assert.True(near == 0, named);
            Assert.Equal(1, (await host.RunBesideAsync(["verify", Write("run.json", list.Body)])).Code);
            Assert.Contains("keys count behind --jwks only", await VerifyAsync(1, Write("run.json", list.Body), Write("theirs.json", File.ReadAllText(keys))), StringComparison.Ordinal);
            var foreign = JsonNode.Parse(File.ReadAllText(keys))!;
            foreign["keys"]![0]!["kid"] = "another";
            File.WriteAllText(keys, foreign.ToJsonString());
            Assert.Contains("foreign key", await VerifyAsync(1, Write("run.json", list.Body)), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
