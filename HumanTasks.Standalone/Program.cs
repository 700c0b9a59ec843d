using HumanTasks.Standalone.Pages;
using HumanTasks.Standalone.Start;
using HumanTasks.Web.Configuration;

return await StartFailure.TellAsync(async () =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        Args = HostSettings.WithValues(args),
        ContentRootPath = AppContext.BaseDirectory,
    });

    if (await Maintenance.RunAsync(args, builder.Configuration) is { } done)
    {
        return done;
    }

    if (await SignIn.PrintAsync(builder.Configuration))
    {
        return 0;
    }

    var settings = builder.AddDataFolder(args);
    if (await NewApiKey.MakeAsync(builder.Configuration, settings))
    {
        return 0;
    }

    builder.AddEmbeddedHost();
    var app = builder.Build();
    app.UseHumanTasks(endpoints => endpoints.MapStandalonePages());
    await app.RunAsync();
    return 0;
});

/// <summary>The embedded host.</summary>
public sealed partial class Program;
