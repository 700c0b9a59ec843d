#nullable disable // the base type's annotations differ between versions of the SDK
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Client;
using HumanTasks.Client.DurableTask;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Moq;

namespace HumanTasks.Tests.Functions;

/// <summary>A person is asked from somebody else's orchestration, against a running host.</summary>
public sealed class AskingFromAnOrchestration(Deployment deployment) : AcceptanceTest(deployment), IClassFixture<Deployment>
{
    private const string Secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    public sealed record Decision(bool Approved, string Reason);

    [Fact]
    public async Task The_answer_wakes_it_and_comes_typed()
    {
        using var client = new HumanTasksClient(Address, Api.Key);
        var orchestration = new Orchestration(Functions(client));
        var asking = orchestration.AskPersonAsync<Decision>("Approve?", new PersonQuestion { Assignee = "ada@example.com" });
        var asked = await orchestration.Asked.Task;
        Assert.False(asking.IsCompleted);

        await client.RespondAsync(asked.TaskId, new() { ["approved"] = true, ["reason"] = "Fine" }, "Ada@Example.com");
        orchestration.Raise();

        var answer = await asking;
        Assert.Equal((Outcome.Answered, new Decision(true, "Fine"), "ada@example.com", "apiKey"), (answer.Outcome, answer.Value, answer.By, answer.Verified));
    }

    [Fact]
    public async Task Replayed_it_asks_once()
    {
        using var client = new HumanTasksClient(Address, Api.Key);
        var functions = Functions(client);
        var first = new Orchestration(functions);
        var second = new Orchestration(functions, first.InstanceId); // the same instance, its history lost before the activity was noted
        _ = first.AskPersonAsync<Decision>("Once?", new PersonQuestion { Assignee = "ada@example.com" });
        _ = second.AskPersonAsync<Decision>("Once?", new PersonQuestion { Assignee = "ada@example.com" });

        Assert.Equal((await first.Asked.Task).TaskId, (await second.Asked.Task).TaskId);
    }

    [Fact]
    public async Task A_rejection_whose_webhook_never_comes_is_seen_at_the_next_look()
    {
        using var client = new HumanTasksClient(Address, Api.Key);
        var orchestration = new Orchestration(Functions(client));
        var asking = orchestration.AskPersonAsync<Decision>("Approve?", new PersonQuestion { Assignee = "ada@example.com" });
        var asked = await orchestration.Asked.Task;
        await client.RejectTaskAsync(asked.TaskId, "Not mine");
        await orchestration.NextTimerAsync(asking);

        var answer = await asking;
        Assert.Equal((Outcome.Rejected, "Not mine", null), (answer.Outcome, answer.Reason, answer.Value));
    }

    [Fact]
    public async Task Its_time_ends_with_the_durable_timer_whatever_the_task_says()
    {
        using var client = new HumanTasksClient(Address, Api.Key);
        var orchestration = new Orchestration(Functions(client));
        var asking = orchestration.AskPersonAsync<Decision>("Approve?", new PersonQuestion { ExpiresIn = TimeSpan.FromHours(1), Assignee = "ada@example.com" });
        await orchestration.Asked.Task;
        while (!asking.IsCompleted)
        {
            await orchestration.NextTimerAsync(asking);
        }

        Assert.Equal(Outcome.Expired, (await asking).Outcome);
        Assert.Equal(TimeSpan.FromHours(1), orchestration.Elapsed);
    }

    [Fact]
    public async Task Without_an_assignee_an_activity_of_the_app_brings_the_link_to_somebody()
    {
        using var client = new HumanTasksClient(Address, Api.Key);
        var orchestration = new Orchestration(Functions(client));
        var asking = orchestration.AskPersonAsync<Decision>("Approve?", new PersonQuestion { DeliverWith = "MyMail", ExpiresIn = TimeSpan.FromHours(1) });
        var asked = await orchestration.Delivered.Task;
        (await Anybody.SubmitAsync(Steps.PathOf(asked.Link), """{ "approved": false, "reason": "No" }""")).Is(200);
        orchestration.Raise();

        Assert.Equal(new Decision(false, "No"), (await asking).Value);
    }

    [Theory]
    [InlineData(true, 204, 1)]
    [InlineData(false, 401, 0)]
    public async Task Only_a_genuine_webhook_raises_the_event(bool genuine, int status, int raised)
    {
        var hub = new Mock<DurableTaskClient>("test");
        var functions = Functions(null);
        var request = Webhook("""
            { "correlationId": "c", "runId": "r", "taskId": "t", "responseId": "x", "at": "2026-11-25T10:00:00Z", "values": {},
              "context": { "orchestration": { "instance": "mine", "wakeUp": "HumanTasks.1" } } }
            """, genuine ? Secret : "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB=");

        await functions.AnswerAsync(request, hub.Object);

        Assert.Equal(status, request.HttpContext.Response.StatusCode);
        hub.Verify(client => client.RaiseEventAsync("mine", "HumanTasks.1", "answered", It.IsAny<CancellationToken>()), Times.Exactly(raised));
    }

    private static PersonFunctions Functions(HumanTasksClient client) =>
        new(client, new WebhookVerifier(Secret), new AnswerAddress(new Uri("https://app.example.com/api/humantasks/answers")));

    private static HttpRequest Webhook(string body, string secret)
    {
        var context = new DefaultHttpContext();
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.Headers["webhook-id"] = "msg_1";
        context.Request.Headers["webhook-timestamp"] = $"{at}";
        context.Request.Headers["webhook-signature"] =
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"msg_1.{at}.{body}")))}";
        return context.Request;
    }

    /// <summary>Runs the activities of the library for real; its inputs and results go through JSON, its time is moved.</summary>
    private sealed class Orchestration(PersonFunctions functions, string id = null) : TaskOrchestrationContext
    {
        private static readonly DateTime Start = new(2026, 11, 25, 10, 0, 0, DateTimeKind.Utc);

        private readonly TaskCompletionSource<object> wakeUp = new();
        private readonly string id = id ?? Steps.Unique("instance");
        private DateTime now = Start;
        private Timer timer;

        public TaskCompletionSource<AskedPerson> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<AskedPerson> Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Elapsed => now - Start;

        public override TaskName Name => "Test";

        public override string InstanceId => id;

        public override ParentOrchestrationInstance Parent => null;

        public override DateTime CurrentUtcDateTime => now;

        public override bool IsReplaying => false;

        protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

        public void Raise() => wakeUp.TrySetResult("answered");

        /// <summary>Lets the time go by until the timer that it waits for, once there is one, unless it is over meanwhile.</summary>
        public async Task NextTimerAsync(Task asking)
        {
            while (!asking.IsCompleted)
            {
                if (Interlocked.Exchange(ref timer, null) is { } due)
                {
                    now = due.At;
                    due.Fired.SetResult();
                    return;
                }

                await Task.Delay(5);
            }
        }

        public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object input = null, TaskOptions options = null)
        {
            object result;
            try
            {
                result = name.Name switch
                {
                    "HumanTasksAsk" => await functions.AskAsync(ThroughJson((QuestionToAsk)input), default),
                    "HumanTasksLook" => await functions.LookAsync((string)input, default),
                    _ => null,
                };
            }
            catch (Exception failed)
            {
                Asked.TrySetException(failed);
                Delivered.TrySetException(failed);
                throw;
            }

            if (name.Name == "MyMail")
            {
                Delivered.SetResult((AskedPerson)input);
            }
            else if (result is AskedPerson asked)
            {
                Asked.TrySetResult(asked);
            }

            return result is null ? default : ThroughJson((TResult)result);
        }

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
        {
            var fired = new TaskCompletionSource();
            timer = new Timer(fireAt, fired);
            return fired.Task;
        }

        public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
            (T)await wakeUp.Task;

        public override Guid NewGuid() => new(SHA256.HashData(Encoding.UTF8.GetBytes(id))[..16]) /* the same in every replay */;

        public override T GetInput<T>() => default;

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override void SetCustomStatus(object customStatus)
        {
        }

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object input = null, TaskOptions options = null) =>
            throw new NotSupportedException();

        public override void ContinueAsNew(object newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

        private sealed record Timer(DateTime At, TaskCompletionSource Fired);

        private static T ThroughJson<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value));
    }
}
