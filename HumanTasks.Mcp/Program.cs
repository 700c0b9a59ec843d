using HumanTasks.Client;
using HumanTasks.Mcp;
using HumanTasks.Mcp.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// HUMANTASKS_URL and HUMANTASKS_API_KEY name the deployment; HUMANTASKS_ASSIGNEE is the default assignee
var url = Environment.GetEnvironmentVariable("HUMANTASKS_URL") ?? "http://localhost:5080";
var key = Environment.GetEnvironmentVariable("HUMANTASKS_API_KEY");
if (string.IsNullOrEmpty(key) || !Uri.TryCreate(url, UriKind.Absolute, out var address))
{
    await Console.Error.WriteLineAsync("Set HUMANTASKS_URL to the address of a HumanTasks deployment and HUMANTASKS_API_KEY to one of its API keys.");
    return 2;
}

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning); // standard output is reserved for the protocol
var calls = new OpenCalls();
builder.Services
    .AddSingleton(_ => new HumanTasksClient(address, key))
    .AddSingleton(new QuestionDefaults(Environment.GetEnvironmentVariable("HUMANTASKS_ASSIGNEE")))
    .AddHostedService(_ => calls)
    .AddMcpServer()
    .WithStdioServerTransport()
    .WithMessageFilters(messages => messages.AddIncomingFilter(calls.Incoming).AddOutgoingFilter(calls.Outgoing))
    .WithQuestionTools();
await builder.Build().RunAsync();
return 0;
