using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Crash;

/// <summary>Looks at the host from the outside, after everything, and compares it with what the clients were told.</summary>
internal sealed class Verification(ApiClient api, ApiClient anybody, Ledger ledger, string ruleSet)
{
    private const int AtOnce = 16;
    private const int LookedAtClosely = 400;

    public async Task RunAsync(Random chance)
    {
        // who was asked and never answered can still answer, and that goes on like any other
        var open = ledger.Cases.Where(each => !each.Submitted).ToArray();
        await Parallel.ForEachAsync(open, Limits, async (each, _) => await AnswerAsync(each));
        await Parallel.ForEachAsync(
            ledger.Cases.Where(each => !each.Accepted.IsEmpty),
            Limits,
            async (each, _) => (await api.GetAsync($"/api/runs/{each.RunId}", ("Prefer", "wait=10"))).Is(200));
        var runs = await SettledAsync();
        foreach (var each in ledger.Cases)
        {
            Check(each, [.. runs[each.CorrelationId]]);
        }

        var all = ledger.Cases.ToArray();
        chance.Shuffle(all);
        var close = all.Where(each => each.RunId is null || (each.Submitted && each.Accepted.IsEmpty))
            .Concat(all)
            .Distinct()
            .Take(LookedAtClosely);
        await Parallel.ForEachAsync(close, Limits, async (each, _) => await LookCloselyAsync(each, [.. runs[each.CorrelationId]]));
        await CheckMailAsync();
    }

    /// <summary>The outbox of this start: no case was told about twice.</summary>
    private async Task CheckMailAsync()
    {
        var mails = (await api.GetAsync("/dev/mail")).Is(200)["/items"]!.AsArray();
        foreach (var subject in (string[])["Case ", "Crash"])
        {
            var told = mails.Where(mail => mail.Text("/subject").StartsWith(subject, StringComparison.Ordinal))
                .Select(mail => mail.Text("/correlationId")).Where(id => id != "demonstration").ToArray();
            Assert.Equal(told.Distinct().Count(), told.Length);
            Assert.Subset(ledger.Cases.Select(each => each.CorrelationId).ToHashSet(), told.ToHashSet());
        }
    }

    private static ParallelOptions Limits => new() { MaxDegreeOfParallelism = AtOnce };

    /// <summary>A creation without an answer and without a key: the run is there and can be used, or there is none.</summary>
    private async Task AnswerAsync(Case each)
    {
        if (each.RunId is null)
        {
            var runs = await api.RunsUnderAsync(each.CorrelationId);
            Assert.InRange(runs.Count, 0, 1);
            if (runs.Count == 0)
            {
                return;
            }

            each.RunId = runs[0].Text("/id");
            var tasks = await Steps.UntilAsync(
                () => api.GetAsync($"/api/tasks?runId={each.RunId}"), list => list["/items"]!.AsArray().Count > 0);
            var taskId = Assert.Single(tasks["/items"]!.AsArray()).Text("/id");
            each.Path = each.Kind == CaseKind.Task
                ? $"/api/tasks/{taskId}/responses"
                : Steps.PathOf((await api.PostAsync($"/api/tasks/{taskId}/link")).Is(200).Text("/link"));
        }

        each.Submitted = true;
        var accepted = (await (each.Kind == CaseKind.Task ? api : anybody).SubmitAsync(each.Path!, each.Values.ToJsonString())).Is(200);
        each.Accepted[accepted.Text("/responseId")] = accepted.Text("/runId");
    }

    /// <summary>All runs by correlation id, once none of them has anything left to do.</summary>
    private async Task<ILookup<string, JsonNode>> SettledAsync()
    {
        await Steps.UntilAsync(
            () => api.GetAsync("/api/runs?status=running&limit=1"), list => list["/items"]!.AsArray().Count == 0);
        await Steps.UntilAsync(
            () => api.GetAsync("/api/runs?status=queued&limit=1"), list => list["/items"]!.AsArray().Count == 0);
        List<JsonNode> runs = [];
        foreach (var name in new[] { "~intervention", "~task", ruleSet, $"{ruleSet}-decided", $"{ruleSet}-told" })
        {
            runs.AddRange(await api.ListAsync($"/api/runs?ruleSet={name}"));
        }

        return runs.ToLookup(run => run.Text("/correlationId"));
    }

    private void Check(Case each, JsonNode[] runs)
    {
        string Story() => $"{each}: {string.Join(' ', each.Accepted)}\n{string.Join('\n', runs.Select(run => run.ToJsonString()))}";
        var roots = runs.Where(run => run.At("/continuedFrom") is null).ToArray();
        var decided = runs.Where(run => run.Text("/ruleSet") == $"{ruleSet}-decided").ToArray();
        var told = runs.Where(run => run.Text("/ruleSet") == $"{ruleSet}-told").ToArray();

        Assert.True(roots.Length == 1 || (roots.Length == 0 && each.RunId is null && runs.Length == 0), $"not one run\n{Story()}");
        if (roots.Length == 0)
        {
            return;
        }

        Assert.True(each.RunId is null || roots[0].Text("/id") == each.RunId, $"not the run that was acknowledged\n{Story()}");
        Assert.True(each.Accepted.Count <= 1, $"accepted more than once\n{Story()}");
        if (each.Accepted.IsEmpty)
        {
            // sent once without a key and never answered: it counted or it did not
            Assert.True(roots[0].Text("/status") is "completed" or "paused", $"neither answered nor waiting\n{Story()}");
        }
        else
        {
            Assert.True(roots[0].Text("/status") == "completed", $"an acknowledged answer is lost\n{Story()}");
        }

        var continues = each.Kind != CaseKind.Task && roots[0].Text("/status") == "completed";
        Assert.True(decided.Length == (continues ? 1 : 0), $"not exactly one continuation\n{Story()}");
        Assert.True(told.Length == decided.Length, $"not exactly one run that the continuation started\n{Story()}");
        Assert.True(decided.Concat(told).All(run => run.Text("/status") == "completed"), $"a continuation did not complete\n{Story()}");
        if (each.Accepted.Values.FirstOrDefault() is { } runId)
        {
            var resumed = continues ? decided[0] : roots[0];
            Assert.True(resumed.Text("/id") == runId, $"not the run that was named\n{Story()}");
        }
    }

    private async Task LookCloselyAsync(Case each, JsonNode[] runs)
    {
        if (runs.SingleOrDefault(run => run.At("/continuedFrom") is null) is not { } root)
        {
            return;
        }

        var events = (await api.LogAsync(root.Text("/id"))).Select(line => line.Text("/event")).ToArray();
        var answered = root.Text("/status") == "completed" ? 1 : 0;
        Assert.Equal(1, events.Count(each => each == "started"));
        Assert.Equal(1, events.Count(each => each == "taskCreated"));
        Assert.Equal(answered, events.Count(each => each == "responseReceived"));
        Assert.Equal(each.Kind == CaseKind.Task ? 0 : answered, events.Count(each => each == "continuationQueued"));
        if (runs.SingleOrDefault(run => run.Text("/ruleSet") == $"{ruleSet}-decided") is { } decided)
        {
            (await api.RunAsync(decided.Text("/id")))["/output"].MustEqual(
                $$"""{ "number": {{each.Number}}, "note": "note {{each.Number}}", "case": {{each.Number}} }""");
            var told = await api.LogAsync(runs.Single(run => run.Text("/ruleSet") == $"{ruleSet}-told").Text("/id"));
            Assert.Single(told, line => line.Text("/event") == "emailSent");
        }
        else if (answered == 1)
        {
            var context = (await api.RunAsync(root.Text("/id")))["/context"]!.ToJsonString();
            Assert.Contains($"\"values\":{{\"number\":{each.Number},\"note\":\"note {each.Number}\"}}", context, StringComparison.Ordinal);
        }
        else
        {
            var task = Assert.Single((await api.RunAsync(root.Text("/id")))["/tasks"]!.AsArray());
            Assert.Equal("pending", task.Text("/status"));
            var submitted = (await (each.Kind == CaseKind.Task ? api : anybody).SubmitAsync(each.Path!, each.Values.ToJsonString())).Is(200);
            await api.RunOverAsync(submitted.Text("/runId"));
        }
    }
}
