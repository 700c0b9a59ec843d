// A whole cycle with a client that Kiota generated: see eng/openapi.sh. Arguments: address, API key.
using HumanTasks.Generated;
using HumanTasks.Generated.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

var adapter = new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(new ApiKey(args[1])))
{
    BaseUrl = args[0].TrimEnd('/'),
};
var api = new HumanTasksClient(adapter).Api;
var request = new TaskRequest
{
    Title = "Approve the generated client",
    Assignee = "ann@example.com",
    Notify = false,
    Form = new Form { Fields = [new Field { BooleanField = new BooleanField { Type = "boolean", Name = "approved", Required = true } }] },
};
var key = $"kiota-{DateTime.UtcNow.Ticks}";

// two requests with the same idempotency key create one task
var created = await api.Tasks.PostAsync(request, with => with.Headers.Add("Idempotency-Key", key));
var again = await api.Tasks.PostAsync(request, with => with.Headers.Add("Idempotency-Key", key));
Check(created!.TaskId == again!.TaskId, "A repeated request created another task.");

var task = await api.Tasks[created.TaskId].GetAsync();
Check(task is { Status: TaskAnswer_status.Pending, MaxUses: 1 }, $"The task is {task!.Status} and may be used {task.MaxUses} times.");

try
{
    await api.Tasks[task.Id].Responses.PostAsync(new ResponseRequest { By = "ann@example.com", Values = new ResponseRequest_values() });
    Check(false, "An empty response was accepted.");
}
catch (Problem problem)
{
    Check(problem.Errors![0].Pointer == "/values/approved", $"The problem is {problem.Type}.");
}

await api.Tasks[task.Id].Responses.PostAsync(new ResponseRequest
{
    By = "ann@example.com",
    Values = new ResponseRequest_values { AdditionalData = new Dictionary<string, object> { ["approved"] = true } },
});

var ended = await api.Tasks[task.Id].GetAsync(with => with.Headers.Add("Prefer", "wait=20"));
Check(ended!.Status == TaskAnswer_status.Completed, $"The task is {ended.Status}.");
Check(ended.Responses![0].Values!.AdditionalData["approved"] is true, "The response is not the one that was sent.");
var run = await api.Runs[created.RunId].GetAsync(with => with.Headers.Add("Prefer", "wait=20"));
Check(run!.Status == RunAnswer_status.Completed, $"The run is {run.Status}.");

static void Check(bool holds, string otherwise)
{
    if (!holds)
    {
        throw new InvalidOperationException(otherwise);
    }
}

internal sealed class ApiKey(string key) : IAccessTokenProvider
{
    public AllowedHostsValidator AllowedHostsValidator { get; } = new();

    public Task<string> GetAuthorizationTokenAsync(
        Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(key);
}
