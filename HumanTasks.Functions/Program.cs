using HumanTasks.Functions.Hosting;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Configuration;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services
    .AddAzureStorage(builder.Configuration)
    .AddDurableRuns(builder.Configuration)
    .AddHumanTasks(builder.Configuration);

await builder.Build().RunAsync();
