using System.Diagnostics;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What tests do again and again.</summary>
public static class Steps
{
    /// <summary>A choice, a prefilled number, and a reason that is asked for only with a rejection.</summary>
    public const string DecisionForm = """
        {
          "fields": [
            { "name": "decision", "type": "choice", "label": "Decision", "required": true, "display": "radio",
              "options": [{ "value": "approve", "label": "Approve" }, { "value": "reject", "label": "Reject" }] },
            { "name": "amount", "type": "number", "label": "Amount", "min": 0, "value": "{{invoice.amount}}" },
            { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "required": true,
              "visibleWhen": { "field": "decision", "equals": "reject" } }
          ],
          "submitLabel": "Send decision"
        }
        """;

    public const string InvoiceContext =
        """{ "invoice": { "number": "R-17", "supplier": "Meyer & Söhne", "amount": 1200.5 }, "amount": "not yet known" }""";

    /// <summary>Ends with what it was given.</summary>
    public const string DecidedActions =
        """[{ "type": "end", "name": "done", "output": { "decision": "{{decision?}}", "amount": "{{amount?}}" } }]""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static string Unique(string prefix) => $"{prefix}-{Random.Shared.NextInt64():x}";

    public static string PathOf(string link) => new Uri(link).PathAndQuery;

    /// <summary>Saves a new rule set; answers its name.</summary>
    public static async Task<string> SaveAsync(this ApiClient api, string actions, string prefix = "test")
    {
        var name = Unique(prefix);
        (await api.PutAsync($"/api/rule-sets/{name}", $$"""{ "actions": {{actions}} }""")).Is(201);
        return name;
    }

    public static Task<string> SaveContinuationAsync(this ApiClient api) => api.SaveAsync(DecidedActions, "decided");

    /// <summary>Asks for a decision about an invoice; the answer goes on in a rule set that ends with it.</summary>
    /// <param name="api">Who asks.</param>
    /// <param name="more">More members of the request, each with a comma after it.</param>
    /// <param name="form">Another form than the decision's.</param>
    /// <param name="continuation">Another rule set to go on in.</param>
    public static async Task<Asked> InterveneAsync(
        this ApiClient api, string more = "", string form = DecisionForm, string? continuation = null)
    {
        continuation ??= await api.SaveContinuationAsync();
        var reply = await api.PostAsync("/api/interventions", $$"""
            {
              {{more}}
              "title": "Approve invoice {{"{{invoice.number}}"}}",
              "description": "**{{"{{invoice.supplier}}"}}** asks for {{"{{invoice.amount}}"}} EUR.",
              "form": {{form}},
              "context": {{InvoiceContext}},
              "continuation": { "ruleSet": "{{continuation}}" }
            }
            """);
        return Asked(reply.Is(201));
    }

    /// <summary>Asks an assignee for a decision about an invoice.</summary>
    public static async Task<Asked> AssignAsync(this ApiClient api, string more = "", string form = DecisionForm)
    {
        var reply = await api.PostAsync("/api/tasks", $$"""
            {
              {{more}}
              "title": "Approve invoice {{"{{invoice.number}}"}}",
              "assignee": "ada@example.com",
              "form": {{form}},
              "context": {{InvoiceContext}}
            }
            """);
        return Asked(reply.Is(201));
    }

    /// <summary>Asks for a code behind an isolated link and types the one in the outbox; answers the cookie of the session.</summary>
    public static async Task<(string Name, string Value)> VerifyAsync(this ApiClient anybody, Asked asked, string address = "ada@example.com")
    {
        (await anybody.PostAsync($"{asked.Path}/code")).Is(202);
        var code = await anybody.CodeAsync(address, asked.CorrelationId);
        var verified = (await anybody.PostAsync($"{asked.Path}/verify", $$"""{ "code": "{{code}}" }""")).Is(204);
        return ("Cookie", verified.Cookie("ht-task"));
    }

    /// <summary>The newest code that was mailed to an address, for a case where there is one.</summary>
    public static async Task<string> CodeAsync(this ApiClient anybody, string address, string? correlationId = null)
    {
        var mails = await UntilAsync(() => anybody.GetAsync("/dev/mail"), reply => CodeIn(reply, address, correlationId) is not null);
        return CodeIn(mails, address, correlationId)!;
    }

    private static string? CodeIn(Reply outbox, string address, string? correlationId) => outbox["/items"]!.AsArray()
        .Where(mail => mail!["to"]![0]!.GetValue<string>() == address
            && (correlationId is null || mail["correlationId"]!.GetValue<string>() == correlationId))
        .Select(mail => mail!["subject"]!.GetValue<string>())
        .FirstOrDefault(subject => subject.StartsWith("Your code: ", StringComparison.Ordinal))?["Your code: ".Length..];

    /// <summary>Starts a run of a saved rule set; answers what the start answered.</summary>
    public static async Task<Reply> StartAsync(this ApiClient api, string ruleSet, string body = "{}") =>
        (await api.PostAsync($"/api/rule-sets/{ruleSet}/runs", body)).Is(202);

    /// <summary>Answers a link as a program does.</summary>
    public static Task<Reply> SubmitAsync(this ApiClient anybody, string path, string values, string? key = null) =>
        key is null
            ? anybody.PostAsync(path, $$"""{ "values": {{values}} }""")
            : anybody.PostAsync(path, $$"""{ "values": {{values}} }""", ("Idempotency-Key", key));

    public static async Task<Reply> RunAsync(this ApiClient api, string runId) =>
        (await api.GetAsync($"/api/runs/{runId}")).Is(200);

    /// <summary>The run, once it is over.</summary>
    public static async Task<Reply> RunOverAsync(this ApiClient api, string runId, string status = "completed")
    {
        var run = (await api.GetAsync($"/api/runs/{runId}", ("Prefer", "wait=20"))).Is(200);
        Assert.True(run.Text("/status") == status, $"Expected the run to be {status}: {run.Body}");
        return run;
    }

    public static async Task<Reply> TaskAsync(this ApiClient api, string taskId) =>
        (await api.GetAsync($"/api/tasks/{taskId}")).Is(200);

    public static async Task<IReadOnlyList<JsonNode>> RunsUnderAsync(this ApiClient api, string correlationId) =>
        (await api.ListAsync($"/api/runs?correlationId={correlationId}")).ToArray();

    public static async Task<IReadOnlyList<JsonNode>> LogAsync(this ApiClient api, string runId) =>
        (await api.ListAsync($"/api/runs/{runId}/log")).ToArray();

    /// <summary>Everything of a list, however many pages it has.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ListAsync(this ApiClient api, string path, int limit = 200)
    {
        List<JsonNode> items = [];
        string? cursor = null;
        do
        {
            var at = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}";
            var page = (await api.GetAsync(cursor is null ? at : $"{at}&cursor={Uri.EscapeDataString(cursor)}")).Is(200);
            items.AddRange(page["/items"]!.AsArray().Select(item => item!.DeepClone()));
            Assert.True(page["/items"]!.AsArray().Count <= limit, "A page has more items than asked for.");
            cursor = page["/next"]?.GetValue<string>();
        }
        while (cursor is not null);

        return items;
    }

    /// <summary>Asks again until the answer is as expected; fails with the last answer when patience ends.</summary>
    public static async Task<Reply> UntilAsync(Func<Task<Reply>> ask, Func<Reply, bool> expected)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var reply = await ask();
            if (expected(reply))
            {
                return reply;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Still {reply.Status}: {reply.Body}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public static Asked Asked(Reply reply) =>
        new(reply.Text("/taskId"), reply.Text("/runId"), reply.Text("/correlationId"), reply.Text("/link"));
}
