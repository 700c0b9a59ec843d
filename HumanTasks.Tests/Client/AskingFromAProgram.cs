using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Client;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Client;

/// <summary>The client library against a running host.</summary>
[Collection(AcceptanceSuite.Name)]
public class AskingFromAProgram(Deployment deployment) : AcceptanceTest(deployment)
{
    public enum Verdict
    {
        Approve,
        [Display(Name = "Send back")]
        SendBack,
    }

#pragma warning disable CA1819 // a list of a typed question is an array: it can be made where all code is compiled beforehand
    public sealed record Decision(
        Verdict Verdict,
        [property: Range(0, 5000)] decimal Amount,
        [property: DataType(DataType.MultilineText), StringLength(200, MinimumLength = 3)] string? Reason,
        [property: Display(Name = "Pay on", Description = "A working day.")] DateOnly? PayOn,
        bool Urgent,
        Verdict[] Others,
        [property: EmailAddress] string? Copy);
#pragma warning restore CA1819

    private HumanTasksClient NewClient(HttpMessageHandler? handler = null) => new(
        Address, Api.Key, handler is null ? null : new HttpClient(handler));

    [Fact]
    public async Task A_record_becomes_a_form_and_its_answer_a_record()
    {
        using var client = NewClient();
        string? taskId = null;
        var asking = client.AskAsync<Decision>("Approve?", new Question
        {
            Assignee = "ada@example.com",
            Notify = false,
            OnAsked = asked => taskId = asked.TaskId,
        });
        await Steps.UntilAsync(() => Api.GetAsync("/health/live"), _ => taskId is not null);
        var fields = (await client.GetTaskAsync(taskId!)).Form!["fields"]!.AsArray();
        Assert.Equal(["verdict", "amount", "reason", "payOn", "urgent", "others", "copy"], fields.Select(field => (string?)field!["name"]));
        Assert.Equal(["choice", "number", "text", "date", "boolean", "multiChoice", "email"], fields.Select(field => (string?)field!["type"]));
        Assert.Equal([true, true, false, false, false, false, false], fields.Select(field => (bool?)field!["required"] ?? false));
        Assert.Equal("Send back", (string?)fields[0]!["options"]![1]!["label"]);
        Assert.Equal("Pay on", (string?)fields[3]!["label"]);
        await client.RespondAsync(taskId!, JsonNode.Parse("""
            { "verdict": "sendBack", "amount": 12.5, "reason": "Too dear", "payOn": "2026-12-01", "urgent": true, "others": ["approve", "sendBack"] }
            """)!.AsObject(), by: "ada@example.com");

        var answer = await asking;

        Assert.True(answer.IsAnswered);
        Assert.Equal(Outcome.Answered, answer.Outcome);
        Assert.Equal(("ada@example.com", "apiKey"), (answer.By, answer.Verified));
        Assert.Equal(Verdict.SendBack, answer.Value.Verdict);
        Assert.Equal(12.5m, answer.Value.Amount);
        Assert.Equal("Too dear", answer.Value.Reason);
        Assert.Equal(new DateOnly(2026, 12, 1), answer.Value.PayOn);
        Assert.True(answer.Value.Urgent);
        Assert.Equal([Verdict.Approve, Verdict.SendBack], answer.Value.Others);
        Assert.Null(answer.Value.Copy);
    }

    [Fact]
    public async Task Each_outcome_is_told_as_what_it_is()
    {
        using var client = NewClient();
        async Task<Answer<Decision>> AskAsync(Func<string, Task> then)
        {
            TaskCompletionSource<string> asked = new();
            var asking = client.AskAsync<Decision>("Approve?", new Question
            {
                Assignee = "ada@example.com",
                Notify = false,
                Patience = TimeSpan.FromSeconds(3),
                OnAsked = task => asked.SetResult(task.TaskId),
            });
            await then(await asked.Task);
            return await asking;
        }

        var rejected = await AskAsync(id => client.RejectTaskAsync(id, "No"));
        Assert.Equal((Outcome.Rejected, "No", null), (rejected.Outcome, rejected.Reason, rejected.Value));
        Assert.Equal(Outcome.Cancelled, (await AskAsync(id => client.CancelTaskAsync(id, "Enough"))).Outcome);
        Assert.Equal(Outcome.Pending, (await AskAsync(_ => Task.CompletedTask)).Outcome);
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_is_sent_again_under_the_same_key_and_counts_once()
    {
        var losing = new Losing { InnerHandler = new HttpClientHandler() };
        using var client = NewClient(losing);
        var correlationId = Steps.Unique("lost");
        losing.Lose = 2;

        var asked = await client.CreateTaskAsync(new NewTask
        {
            Title = "Once",
            Assignee = "ada@example.com",
            Notify = false,
            Form = TypedForm.Of(typeof(Decision)),
            CorrelationId = correlationId,
        });

        Assert.Equal(3, losing.Keys.Count);
        Assert.Single(losing.Keys.Distinct());
        var run = Assert.Single(await Api.RunsUnderAsync(correlationId));
        Assert.Equal(asked.RunId, (string?)run["id"]);
    }

    [Fact]
    public async Task Rule_sets_runs_tasks_and_interventions()
    {
        using var client = NewClient();
        var name = Steps.Unique("client");
        Assert.Equal(1, (await client.SaveRuleSetAsync(name, JsonNode.Parse($$"""{ "actions": {{Steps.DecidedActions}} }""")!.AsObject())).Version);
        Assert.Equal(name, (string?)(await client.GetRuleSetAsync(name, 1))["name"]);
        Assert.Contains(await client.ListRuleSetsAsync().Select(item => (string?)item["name"]).ToListAsync(), item => item == name);
        var asked = await client.CreateInterventionAsync(new NewIntervention
        {
            Title = "Decide",
            Form = JsonNode.Parse(Steps.DecisionForm.Replace("{{invoice.amount}}", "7", StringComparison.Ordinal))!.AsObject(),
            RuleSet = name,
        });
        var accepted = await client.RespondAsync(asked.TaskId, new JsonObject { ["decision"] = "approve" });
        var run = await client.WaitForRunAsync(accepted.RunId);
        Assert.Equal("completed", run.Status);
        Assert.Equal("approve", (string?)run.Output!["decision"]);

        var started = await client.StartRunAsync(name, new JsonObject { ["decision"] = "none" });
        Assert.Equal("none", (string?)(await client.WaitForRunAsync(started.RunId)).Output!["decision"]);
        Assert.Contains(await client.ListRunsAsync(ruleSet: name).Select(item => item.Id).ToListAsync(), id => id == started.RunId);
        Assert.Contains(await client.ListTasksAsync(runId: asked.RunId).Select(item => item.Id).ToListAsync(), id => id == asked.TaskId);

        var late = await Assert.ThrowsAsync<HumanTasksException>(() => client.RespondAsync(asked.TaskId, new JsonObject { ["decision"] = "approve" }));
        Assert.True(late.Is("task-is-over"));
        var wrong = await Assert.ThrowsAsync<HumanTasksException>(() => client.CreateTaskAsync(new NewTask { Title = "x", Assignee = "a@example.com", Form = [] }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("/form/fields", wrong.Errors[0].Pointer);
    }

    [Fact]
    public async Task Several_people()
    {
        using var client = NewClient();
        string[] board = [.. ((string[])["ann", "bob", "eve"]).Select(name => $"{Steps.Unique(name)}@example.com")];
        var asked = await client.CreateTaskAsync(new NewTask
        {
            Title = "Vote",
            Assignees = board,
            Need = 2,
            DelegateTo = ["@example.com"],
            Form = TypedForm.Of(typeof(Decision)),
            AllowReject = true,
            ExpiresInHours = 1,
            Default = new JsonObject { ["outcome"] = "rejected" },
        });
        Assert.Equal(board.Order(), asked.Links!.Keys.Order());
        var kim = $"{Steps.Unique("kim")}@example.com";

        await client.ReassignTaskAsync(asked.TaskId, kim, from: board[2]);
        await client.RejectTaskAsync(asked.TaskId, board[0], "No");
        await client.DelegateTaskAsync(asked.TaskId, kim, board[2], "Back to you");
        var half = await client.GetTaskAsync(asked.TaskId);
        Assert.Equal(("pending", 2), (half.Status, half.Need));
        Assert.Equal(["rejected", "pending", "pending"], half.Assignees.Select(one => one.Status));
        Assert.Equal(board, half.Assignees.Select(one => one.Assignee));
        Assert.NotNull(half.Assignees[0].At);

        var claimed = await client.CreateTaskAsync(new NewTask { Title = "Take it", Candidates = board, Form = TypedForm.Of(typeof(Decision)) });
        await client.ClaimTaskAsync(claimed.TaskId, board[1]);
        Assert.Equal(board[1], (await client.GetTaskAsync(claimed.TaskId)).ClaimedBy);
        await client.ReleaseTaskAsync(claimed.TaskId);
        Assert.Null((await client.GetTaskAsync(claimed.TaskId)).ClaimedBy);
    }

    private sealed class Losing : DelegatingHandler
    {
        public int Lose { get; set; }

        public List<string> Keys { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
            {
                Keys.AddRange(keys);
            }

            if (Lose-- <= 0)
            {
                return answer;
            }

            answer.Dispose();
            throw new HttpRequestException("The answer is lost.");
        }
    }
}
