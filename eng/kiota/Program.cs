// A whole cycle with a client that Kiota generated: see eng/openapi.sh. Arguments: address, API key.
using HumanTasks.Generated;
using HumanTasks.Generated.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

var adapter = new HttpClientRequestAdapter(
    new ApiKeyAuthenticationProvider($"Bearer {args[1]}", "Authorization", ApiKeyAuthenticationProvider.KeyLocation.Header))
{
    BaseUrl = args[0].TrimEnd('/'),
};
var api = new HumanTasksClient(adapter).Api;

var started = await api.RuleSets["generated-kiota"].Runs.PostAsync(new StartRunRequest { CorrelationId = "generated-kiota" });
var run = await api.Runs[started!.RunId].GetAsync();
for (var i = 0; i < 100 && run!.Status != RunAnswer_status.Paused; i++)
{
    await Task.Delay(100);
    run = await api.Runs[started.RunId].GetAsync();
}

var task = await api.Tasks[run!.Tasks![0].Id].GetAsync();
if (task!.Status != TaskAnswer_status.Pending || task.MaxUses != 1)
{
    throw new InvalidOperationException($"The task is {task.Status} and may be answered {task.MaxUses} times.");
}

await api.Tasks[task.Id].Responses.PostAsync(new ResponseRequest
{
    By = "ann@example.com",
    Values = new ResponseRequest_values { AdditionalData = new Dictionary<string, object> { ["approved"] = true } },
});

var ended = await api.Runs[run.Id].GetAsync(request => request.Headers.Add("Prefer", "wait=20"));
if (ended!.Status != RunAnswer_status.Completed)
{
    throw new InvalidOperationException($"The run is {ended.Status}.");
}
