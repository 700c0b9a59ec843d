using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>An agent in a rule set, from its first call to its result, over HTTP on both sides.</summary>
public class LettingAnAgentAsk(AgentDeployment deployment) : LettingAnAgentAskSteps(deployment), IClassFixture<AgentDeployment>
{
    [OwnHostFact]
    public async Task Create_follow_up_close_and_finish()
    {
        var runId = await StartAsync("whole");
        var asked = await AskedAsync(runId, 1);
        var session = await Anybody.VerifyAsync(asked);
        (await Anybody.PostAsync(asked.Path, """{ "values": { "offer": "a" } }""", session)).Is(200);
        asked = await AskedAsync(runId, 2);
        var form = (await Anybody.GetAsync(asked.Path, session)).Is(200);
        Assert.Equal("You chose a.", form.Text("/description"));
        (await Anybody.PostAsync(asked.Path, """{ "round": 1, "values": { "offer": "b" } }""", session)).IsProblem(409, "other-round");
        using (var person = new Visitor(Deployment.Address))
        {
            person.Cookies.Add(Deployment.Address, new System.Net.Cookie("ht-task", session.Value["ht-task=".Length..], asked.Path));
            var late = (await person.PostAsync(asked.Path, await person.OpenAsync(asked.Path), ("_round", "1"), ("offer", "b"))).Is(409);
            Assert.Equal(("Offer", "Offer B"), (late.The(".unsent dt").TextContent, late.The(".unsent dd").TextContent));
            Assert.NotNull(late.The("[name=why]"));
        }

        (await Anybody.PostAsync(asked.Path, """{ "round": 2, "values": { "why": "cheaper" } }""", session)).Is(200);

        var run = await Api.RunOverAsync(runId);
        Assert.Equal("""{"offer":"a","words":"done"}""", run["/output"]!.ToJsonString());
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Equal("completed", task.Text("/status"));
        Assert.Equal("code", task.Text("/responses/0/verified"));
        Assert.Equal("a", task.Text("/rounds/0/responses/0/values/offer"));
        Assert.Equal("cheaper", task.Text("/rounds/1/responses/0/values/why"));
        Assert.Contains(task["/timeline"]!.AsArray(), item => item!["kind"]!.GetValue<string>() == "closed" && item["detail"]!.GetValue<string>() == "chosen: because cheaper");

        var transcript = (await Api.GetAsync($"/api/runs/{runId}/transcript")).Is(200)["/items"]!.AsArray();
        Assert.Equal(4, transcript.Count);
        Assert.All(transcript, call => Assert.True(call!["inputTokens"]!.GetValue<int>() > 0 && call["outputTokens"]!.GetValue<int>() > 0));
        Assert.Equal("create_human_task", transcript[0]!["said"]![0]!["tool"]!.GetValue<string>());
        var ids = transcript.Select(call => call!["requestId"]!.GetValue<string>()).ToHashSet();
        Assert.Equal(4, Deployment.Model.Requests.Count(request => ids.Contains(request.Id)));
    }

    [OwnHostFact]
    public async Task A_person_waits_at_the_page_while_the_answer_is_looked_at_and_sees_the_follow_up_there()
    {
        var runId = await StartAsync("slow", """, "review": true""");
        var asked = await AskedAsync(runId, 1);
        using var person = new Visitor(Deployment.Address);
        var page = (await person.OpenAsync(asked.Path)).Is(401);
        var sent = (await person.PostAsync($"{asked.Path}/code", page)).Is(303);
        page = (await person.OpenAsync(sent.Reply.Header("Location")!)).Is(401);
        page = (await person.PostAsync($"{asked.Path}/verify", page, ("code", await Anybody.CodeAsync("ada@example.com", asked.CorrelationId)))).Is(303);
        page = (await person.OpenAsync(asked.Path)).Is(200);
        Assert.DoesNotContain("evil.example", page.Reply.Body, StringComparison.Ordinal);

        page = await person.SendAndFollowAsync(page.Fill("offer", "a"));
        Assert.Equal("Thank you. We're reviewing your response", page.Heading);
        Assert.Equal("5", page.The("noscript").InnerHtml.Split("content=\"")[1].Split('"')[0]);
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Equal("pending", task.Text("/status"));
        Assert.Equal("1", task["/usesLeft"]!.ToJsonString());
        (await Anybody.PostAsync($"{asked.Path}/code")).IsProblem(409, "answer-under-review");

        var receipt = page.Path;
        await Steps.UntilAsync(async () => (await person.OpenAsync(receipt)).Reply, reply => reply.Status == 303);
        page = (await person.OpenAsync(asked.Path)).Is(200);
        Assert.Contains("You chose a.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Your earlier answers", page.Text, StringComparison.Ordinal);
        Assert.Contains("Offer A", page.Text, StringComparison.Ordinal);
        page = await person.SendAndFollowAsync(page.Fill("why", "cheaper"));
        await Api.RunOverAsync(runId);
        task = await Api.TaskAsync(asked.TaskId);
        Assert.Equal("completed", task.Text("/status"));
        Assert.Equal("0", task["/usesLeft"]!.ToJsonString());
        page = (await person.OpenAsync(page.Path)).Is(200);
        Assert.Equal("Thank you", page.Heading[..9]);
    }

    [OwnHostFact]
    public async Task A_declined_question_is_told_as_declined()
    {
        var runId = await StartAsync("short");
        var asked = await AskedAsync(runId, 1);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", """{ "reason": "No" }""")).Is(204);

        Assert.Equal("rejected", (await Api.RunOverAsync(runId)).Text("/output/offer"));
    }

    [OwnHostFact]
    public async Task What_may_pass_is_waited_for()
    {
        string[] models = ["busy", "broken", "cut-off", "garbled", "empty", "malformed", "doubled"];
        var runs = await Task.WhenAll(models.Select(model => StartAsync(model)));

        foreach (var (model, run) in models.Zip(runs))
        {
            var over = await Api.RunOverAsync(run);
            Assert.Equal(model is "malformed" or "doubled" ? "mended" : "after all", over.Text("/output/offer"));
        }
    }

    [OwnHostTheory]
    [InlineData("unknown-key", "401 (invalid_api_key)")]
    [InlineData("filtered", "content filter")]
    [InlineData("poor", "429 (insufficient_quota)")]
    [InlineData("refuses", "The model refused: I will not.")]
    [InlineData("filters", "content filter")]
    public async Task What_will_not_pass_fails_the_run_with_a_clear_message_and_no_key(string model, string message)
    {
        var run = await Api.RunOverAsync(await StartAsync(model), "failed");

        Assert.Contains(message, run.Text("/error/message"), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", run.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_samples_run_as_they_are()
    {
        var extraction = await SampleAsync("agent-extraction", """
            { "clerk": "ada@example.com", "document": "R-17.pdf", "text": "R-17, 99.90 EUR", "extracted": { "iban": "DE89 3704", "amount": 99.9, "dueDate": "2027-01-31" } }
            """);
        var asked = await AskedAsync(extraction, 1);
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Equal("DE89 3704", task.Text("/form/fields/0/value"));
        Assert.Equal("99.9", task["/form/fields/1/value"]!.ToJsonString());
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "iban": "DE89370400440532013000", "amount": 99.9, "dueDate": "2027-01-31" } }""")).Is(200);
        Assert.Equal("R-17.pdf: 99.9 EUR to DE89370400440532013000 by 2027-01-31", (await Api.RunOverAsync(extraction)).Text("/output/text"));

        var offers = await SampleAsync("agent-offers", """
            { "buyer": "ada@example.com", "what": "chairs", "offers": [{ "name": "Schulze", "price": 1800, "days": 30 }, { "name": "Meyer", "price": 1950, "days": 5 }] }
            """);
        asked = await AskedAsync(offers, 1);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "offer": "Meyer" } }""")).Is(200);
        asked = await AskedAsync(offers, 2);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "reason": "quicker" } }""")).Is(200);
        Assert.Equal("""{"offer":"Meyer","reason":"quicker"}""", (await Api.RunOverAsync(offers))["/output"]!.ToJsonString());

        var declined = await SampleAsync("agent-declined", """{ "keeper": "ada@example.com", "customer": "Meyer", "requestedBy": "a caller" }""");
        asked = await AskedAsync(declined, 1);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", """{ "reason": "Must be kept" }""")).Is(204);
        Assert.Equal("""{"confirmed":false,"reason":"Must be kept"}""", (await Api.RunOverAsync(declined))["/output"]!.ToJsonString());
    }

    private async Task<string> SampleAsync(string name, string context)
    {
        var definition = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", $"{name}.json"));
        await Api.PutAsync($"/api/rule-sets/{name}", definition);
        return (await Api.StartAsync(name, $$"""{ "context": {{context}} }""")).Text("/runId");
    }

    [OwnHostFact]
    public async Task Ten_megabytes_are_not_read_to_their_end()
    {
        var runId = await StartAsync("huge");
        var run = await Steps.UntilAsync(() => Api.RunAsync(runId), reply => reply["/statusReason"] is not null || reply["/error"] is not null);

        Assert.Contains("larger than 4 MiB", run.Body, StringComparison.Ordinal);
        (await Api.PostAsync($"/api/runs/{runId}/cancel", "{}")).Is(204);
    }
}
