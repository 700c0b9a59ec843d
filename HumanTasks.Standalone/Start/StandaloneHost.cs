using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Pages;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start;

/// <summary>Registers the embedded adapters of the ports.</summary>
internal static class StandaloneHost
{
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services)
    {
        services.AddSingleton<StorageState>();
        services.AddSingleton<DamagedRows>();
        services.AddSingleton(provider => Database.Open(
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<StorageState>(),
            provider.GetRequiredService<StartSettings>().DatabaseMayBeEmpty));
        services.AddSingleton<StorageWatch>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<StorageWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<StorageWatch>());
        services.AddSingleton<SqliteRunStore>();
        services.AddSingleton<IRunStore>(provider => provider.GetRequiredService<SqliteRunStore>());
        services.AddSingleton<IRuleSetStore, SqliteRuleSetStore>();
        services.AddSingleton<IDocumentStore, SqliteDocumentStore>();
        services.AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        services.AddSingleton<IFileStore>(provider => new FolderFileStore(provider.GetRequiredService<DataFolder>().Files));

        // the run loop needs the engine, and the engine the run loop, so one of them is resolved later
        services.AddSingleton(provider => new RunLoop(
            (turn, enters, cancellationToken) => provider.GetRequiredService<RunEngine>().AdvanceAsync(turn, enters, cancellationToken),
            provider.GetRequiredService<EffectLanes>(),
            provider.GetRequiredService<SqliteRunStore>(),
            provider.GetRequiredService<StorageState>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunLoop>>()));
        services.AddSingleton<IRunHost>(provider => provider.GetRequiredService<RunLoop>());
        services.AddHostedService(provider => provider.GetRequiredService<RunLoop>());
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<SearchIndexing>();
        services.AddSingleton<FirstStart>();
        services.AddSingleton<HomeReader>();
        services.AddHostedService<Greeting>();
        return services;
    }
}
