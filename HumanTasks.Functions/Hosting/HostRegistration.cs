using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Http;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Sweeping;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// Registers what the Functions host adds to the web layer besides its adapters: the run host, the sweeper and the
/// inner pipeline.
/// </summary>
internal static class HostRegistration
{
    public static IServiceCollection AddDurableRuns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Func<EffectKind, EffectLimit>>(ActivityLimits.Of);
        services.AddSingleton<TaskHub>();
        services.AddSingleton<IRunHost, DurableRunHost>();
        services.AddSingleton<OrchestrationHistory>();
        services.AddSingleton<LostWakeUps>();
        services.AddSingleton<QueuedRuns>();
        services.AddSingleton<Retention>();
        services.AddSingleton<InnerPipeline>();
        services.AddPublicAddress(configuration);

        // the default name is the app's folder, which differs between instances that share the keys
        services.AddDataProtection().SetApplicationName("HumanTasks");
        return services.AddSealedKeys();
    }

    private static void AddPublicAddress(this IServiceCollection services, IConfiguration configuration)
    {
        var own = OwnAddress.Of(configuration);
        services.AddSingleton<IValidateOptions<HumanTasksOptions>>(new PublicAddressValidation(own));
        services.AddSingleton(provider =>
        {
            var address = new PublicBaseAddress(provider.GetRequiredService<HumanTasksOptions>());
            if (own is not null)
            {
                address.FallBackTo(own);
            }

            return address;
        });
    }
}
