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
        (await Api.GetAsync("/api/runs/none/receipts")).IsProblem(404, "not-found");
        Assert.Empty((await Api.GetAsync($"/api/runs/{second.Text("/runId")}/receipts")).Is(200)["/items"]!.AsArray());
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

            Assert.Contains("their chains are whole", await VerifyAsync(0, Write("run.json", list.Body)), StringComparison.Ordinal);
            Assert.Contains("their chains are whole", await VerifyAsync(0, [.. receipts.Select((jws, index) => Write($"{index}.jws", jws))]), StringComparison.Ordinal);
            Assert.Contains("is missing", await VerifyAsync(1, Write("gap.jws", $"{receipts[0]}\n{receipts[2]}")), StringComparison.Ordinal);
            var parts = receipts[0].Split('.');
            var payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
            var changed = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(payload.Replace("approve", "decline", StringComparison.Ordinal)));
            Assert.Contains("changed after it was signed", await VerifyAsync(1, Write("changed.jws", $"{parts[0]}.{changed}.{parts[2]}")), StringComparison.Ordinal);
            var (alone, without) = await host.RunBesideAsync(["verify", Write("run.json", list.Body), keys]);
            Assert.True(alone == 0, without);
            var (near, named) = await host.RunBesideAsync("--called-from", folder.FullName, "verify", "run.json", "keys.json");
            Assert.True(near == 0, named);
            Assert.Equal(1, (await host.RunBesideAsync(["verify", Write("run.json", list.Body)])).Code);
            Assert.Contains("keys is damaged", await VerifyAsync(1, Write("run.json", list.Body), Write("bent.json", """{ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "a", "x": "!" }] }""")), StringComparison.Ordinal);
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
