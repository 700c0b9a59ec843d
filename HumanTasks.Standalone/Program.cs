using HumanTasks.Standalone.Pages;
using HumanTasks.Standalone.Start;
using HumanTasks.Web.Configuration;

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

var settings = builder.AddDataFolder();
if (await NewApiKey.MakeAsync(builder.Configuration, settings))
{
    return;
}

builder.AddMail();
builder.Services.AddHumanTasks(builder.Configuration);
builder.Services.AddEmbeddedEngine();

var app = builder.Build();
app.UseHumanTasks(endpoints => endpoints.MapStandalonePages());
await app.RunAsync();

/// <summary>The embedded host.</summary>
public sealed partial class Program;
