using HumanTasks.Functions.Hosting;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Configuration;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace HumanTasks.Functions;

/// <summary>
/// The entry point of the Azure host, in a namespace so that tests can use both hosts' <c>Program</c>.
/// </summary>
internal static class Program
{
    private static Task Main(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services
            .AddAzureStorage(builder.Configuration)
            .AddDurableRuns(builder.Configuration)
            .AddAzureMail(builder.Configuration)
            .AddAzureTelemetry(builder.Configuration)
            .AddHumanTasks(builder.Configuration);
        return builder.Build().RunAsync();
    }
}
