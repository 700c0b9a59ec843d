using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Client;

public sealed partial class HumanTasksClient
{
    /// <summary>Saves a rule set. Saving the same content again keeps the version.</summary>
    public Task<SavedRuleSet> SaveRuleSetAsync(string name, JsonObject ruleSet, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"api/rule-sets/{Uri.EscapeDataString(name)}", ruleSet, ClientJson.Default.SavedRuleSet, null, cancellationToken);

    /// <summary>Returns the definition of a rule set: the given version, or the newest.</summary>
    public Task<JsonObject> GetRuleSetAsync(string name, int? version = null, CancellationToken cancellationToken = default)
    {
        var path = $"api/rule-sets/{Uri.EscapeDataString(name)}";
        return GetAsync(
            version is { } given ? string.Create(CultureInfo.InvariantCulture, $"{path}?version={given}") : path, ClientJson.Default.JsonObject, cancellationToken);
    }

    /// <summary>Lists the newest version of every rule set.</summary>
    public IAsyncEnumerable<JsonObject> ListRuleSetsAsync(CancellationToken cancellationToken = default) =>
        ListAsync(Query("api/rule-sets"), ClientJson.Default.RuleSets, cancellationToken);

    /// <summary>Starts a run of a rule set.</summary>
    /// <param name="ruleSet">The name of the rule set.</param>
    /// <param name="context">The initial context of the run.</param>
    /// <param name="correlationId">The correlation ID; the run's ID when null.</param>
    /// <param name="idempotencyKey">
    /// Calls with the same key within 24 hours start one run; the client creates a key when null.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for the HTTP response.</param>
    public Task<StartedRun> StartRunAsync(
        string ruleSet,
        JsonObject? context = null,
        string? correlationId = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default)
    {
        var body = new JsonObject();
        if (context is not null)
        {
            body["context"] = context.DeepClone();
        }

        if (correlationId is not null)
        {
            body["correlationId"] = correlationId;
        }

        return SendAsync(
            HttpMethod.Post,
            $"api/rule-sets/{Uri.EscapeDataString(ruleSet)}/runs",
            body,
            ClientJson.Default.StartedRun,
            idempotencyKey,
            cancellationToken);
    }

    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        GetAsync(RunPath(runId), ClientJson.Default.Run, cancellationToken);

    /// <summary>
    /// Waits until the run is over or <paramref name="patience"/> has passed, and returns the run. Null waits without a
    /// limit.
    /// </summary>
    public Task<Run> WaitForRunAsync(string runId, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        UntilOverAsync(RunPath(runId), ClientJson.Default.Run, run => run.IsOver, patience, cancellationToken);

    /// <summary>Lists runs, newest first. Pages are loaded while you enumerate.</summary>
    public IAsyncEnumerable<Run> ListRunsAsync(
        string? status = null, string? ruleSet = null, string? correlationId = null, CancellationToken cancellationToken = default) =>
        ListAsync(Query("api/runs", ("status", status), ("ruleSet", ruleSet), ("correlationId", correlationId)), ClientJson.Default.Runs, cancellationToken);

    /// <summary>Cancels a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="tree">Whether to cancel the runs that it started and its continuations as well.</param>
    /// <param name="cancellationToken">Stops waiting for the HTTP response.</param>
    public Task CancelRunAsync(string runId, string? reason = null, bool tree = false, CancellationToken cancellationToken = default)
    {
        var body = ReasonOf(reason);
        if (tree)
        {
            body["tree"] = true;
        }

        return DoAsync($"{RunPath(runId)}/cancel", body, null, cancellationToken);
    }

    /// <summary>Retries a failed run from its failed action.</summary>
    public Task RetryRunAsync(string runId, CancellationToken cancellationToken = default) =>
        DoAsync($"{RunPath(runId)}/retry", null, null, cancellationToken);

    /// <summary>
    /// Creates an intervention. Anyone with the link can respond; each response goes to a rule set or a webhook.
    /// </summary>
    public Task<Asked> CreateInterventionAsync(
        NewIntervention intervention, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intervention);
        var body = JsonSerializer.SerializeToNode(intervention, ClientJson.Default.NewIntervention)!.AsObject();
        body["continuation"] = intervention.Webhook is { } webhook
            ? WebhookOf(webhook, intervention.TellsOutcomes)
            : new JsonObject { ["ruleSet"] = intervention.RuleSet };
        return SendAsync(HttpMethod.Post, "api/interventions", body, ClientJson.Default.Asked, idempotencyKey, cancellationToken);
    }

    /// <summary>Creates a task for one or several people.</summary>
    public Task<Asked> CreateTaskAsync(NewTask task, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        var body = JsonSerializer.SerializeToNode(task, ClientJson.Default.NewTask)!.AsObject();
        if (task.Webhook is { } webhook)
        {
            body["continuation"] = WebhookOf(webhook, task.TellsOutcomes);
        }

        return SendAsync(HttpMethod.Post, "api/tasks", body, ClientJson.Default.Asked, idempotencyKey, cancellationToken);
    }

    private static JsonObject WebhookOf(Uri webhook, bool tellsOutcomes)
    {
        var continuation = new JsonObject { ["webhook"] = webhook.ToString() };
        if (tellsOutcomes)
        {
            continuation["version"] = 2;
        }

        return continuation;
    }

    public Task<HumanTask> GetTaskAsync(string taskId, CancellationToken cancellationToken = default) =>
        GetAsync(TaskPath(taskId), ClientJson.Default.HumanTask, cancellationToken);

    /// <summary>
    /// Waits until the task is over or <paramref name="patience"/> has passed, and returns the task. Null waits without
    /// a limit.
    /// </summary>
    public Task<HumanTask> WaitForTaskAsync(string taskId, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        UntilOverAsync(TaskPath(taskId), ClientJson.Default.HumanTask, task => task.IsOver, patience, cancellationToken);

    /// <summary>Lists tasks, newest first. Pages are loaded while you enumerate.</summary>
    /// <param name="status">pending, completed, cancelled, rejected or expired; null for all.</param>
    /// <param name="assignee">The assignee; null for all.</param>
    /// <param name="runId">The run; null for all.</param>
    /// <param name="text">A text that the title, the description or the assignee contains.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<TaskSummary> ListTasksAsync(
        string? status = null, string? assignee = null, string? runId = null, string? text = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            Query("api/tasks", ("status", status), ("assignee", assignee), ("runId", runId), ("q", text)),
            ClientJson.Default.TaskSummaries,
            cancellationToken);

    /// <summary>Responds to a task.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="values">The values by field name.</param>
    /// <param name="by">
    /// The person who responds. For a task with assignees, the address of one of them; any other is refused with 403.
    /// </param>
    /// <param name="idempotencyKey">
    /// Calls with the same key are one response; the client creates a key when null.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for the HTTP response.</param>
    public Task<Accepted> RespondAsync(
        string taskId, JsonObject values, string? by = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var body = With(new JsonObject { ["values"] = values.DeepClone() }, "by", by);
        return SendAsync(
            HttpMethod.Post, $"{TaskPath(taskId)}/responses", body, ClientJson.Default.Accepted, idempotencyKey, cancellationToken);
    }

    public Task RejectTaskAsync(string taskId, string? reason = null, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/reject", ReasonOf(reason), null, cancellationToken);

    /// <summary>Rejects a task on behalf of one of several assignees.</summary>
    public Task RejectTaskAsync(string taskId, string by, string? reason, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/reject", With(ReasonOf(reason), "by", by), null, cancellationToken);

    public Task CancelTaskAsync(string taskId, string? reason = null, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/cancel", ReasonOf(reason), null, cancellationToken);

    public Task ReassignTaskAsync(string taskId, string assignee, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/reassign", new JsonObject { ["assignee"] = assignee }, null, cancellationToken);

    /// <summary>Replaces one of several assignees.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="assignee">The new assignee.</param>
    /// <param name="from">The assignee to replace.</param>
    /// <param name="cancellationToken">Stops waiting for the HTTP response.</param>
    public Task ReassignTaskAsync(string taskId, string assignee, string from, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/reassign", new JsonObject { ["assignee"] = assignee, ["from"] = from }, null, cancellationToken);

    /// <summary>Claims a task for one of its candidates.</summary>
    public Task ClaimTaskAsync(string taskId, string by, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/claim", new JsonObject { ["by"] = by }, null, cancellationToken);

    /// <summary>Releases a claimed task to all its candidates.</summary>
    public Task ReleaseTaskAsync(string taskId, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/release", null, null, cancellationToken);

    /// <summary>Delegates a task on behalf of its assignee to an address that its action allows.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="by">The current assignee.</param>
    /// <param name="to">The new assignee.</param>
    /// <param name="note">A note for the new assignee, at most 1000 characters.</param>
    /// <param name="cancellationToken">Stops waiting for the HTTP response.</param>
    public Task DelegateTaskAsync(string taskId, string by, string to, string? note = null, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/delegate", With(new JsonObject { ["assignee"] = to, ["by"] = by }, "note", note), null, cancellationToken);

    public Task RemindAsync(string taskId, CancellationToken cancellationToken = default) =>
        DoAsync($"{TaskPath(taskId)}/remind", null, null, cancellationToken);

    public Task<FreshLink> IssueLinkAsync(string taskId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"{TaskPath(taskId)}/link", null, ClientJson.Default.FreshLink, null, cancellationToken);

    /// <summary>Returns the bytes of a file in a response.</summary>
    public async Task<Stream> OpenFileAsync(string taskId, string fileId, CancellationToken cancellationToken = default)
    {
        using var answer = await SendAsync(
            HttpMethod.Get, $"{TaskPath(taskId)}/files/{Uri.EscapeDataString(fileId)}", null, null, cancellationToken).ConfigureAwait(false);
        return new MemoryStream(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), writable: false);
    }

    private static string RunPath(string runId) => $"api/runs/{Uri.EscapeDataString(runId)}";

    private static string TaskPath(string taskId) => $"api/tasks/{Uri.EscapeDataString(taskId)}";

    private static JsonObject With(JsonObject body, string member, string? value)
    {
        if (value is not null)
        {
            body[member] = value;
        }

        return body;
    }

    private static JsonObject ReasonOf(string? reason) => reason is null ? [] : new JsonObject { ["reason"] = reason };

    private static string Query(string path, params (string Name, string? Value)[] members)
    {
        var given = members.Where(member => !string.IsNullOrEmpty(member.Value)).Select(member => $"{member.Name}={Uri.EscapeDataString(member.Value!)}");
        var query = string.Join('&', given.Append("limit=200"));
        return $"{path}?{query}";
    }
}
