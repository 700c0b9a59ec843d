using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Api;
using HumanTasks.Web.Branding;
using HumanTasks.Web.LanguageModels;
using HumanTasks.Web.Mail;
using HumanTasks.Web.Mcp;
using HumanTasks.Web.Overview;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Drafts;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.RuleSets;
using HumanTasks.Web.Studio.Runs;
using HumanTasks.Web.Studio.Search;
using HumanTasks.Web.Studio.Tasks;
using HumanTasks.Web.Texts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanTasks.Web.Configuration;

/// <summary>
/// Registers the services that both hosts share. A host adds the ports: stores, run host, files, email.
/// </summary>
public static partial class ServiceRegistration
{
    public static IServiceCollection AddHumanTasks(this IServiceCollection services, IConfiguration configuration)
    {
        RequestLanguage.SetDefault();
        services.AddOptions<HumanTasksOptions>()
            .Bind(configuration.GetSection(HumanTasksOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HumanTasksOptions>, OptionsValidation>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<HumanTasksOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<HumanTasksOptions>().Limits);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDomain();
        services.AddSecurity(configuration);
        services.AddReview();
        services.AddMcp();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNameCaseInsensitive = false;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, BrandAnswerJson.Default);
            json.SerializerOptions.Converters.Add(new UtcTimes()); // a resolver adds its types, not its converters
        });
        return services;
    }

    private static void AddDomain(this IServiceCollection services)
    {
        services.AddSingleton(provider => new EnvironmentCatalog(
            provider.GetRequiredService<HumanTasksOptions>().Environments.Select(environment => new RunEnvironment(
                environment.Id,
                environment.DisplayName ?? environment.Id,
                environment.Tier,
                environment.MonthlyRunAllowance,
                TimeSpan.FromHours(environment.RunRetentionHours),
                environment.HumanTasks)
            {
                TimeZone = environment.TimeZone,
                Language = Languages.Of(environment.Language) ?? Languages.Fallback,
                TitleInSubject = environment.TitleInSubject,
                Channels = [.. environment.Channels.Select(channel => new NoticeChannel(channel.Name, channel.Kind, channel.Address!))],
                MaxDescendants = environment.MaxDescendants,
                MaxContextBytes = environment.MaxContextBytes,
                WebhookSecrets = [.. environment.WebhookSecrets.Select(WebhookSignature.SecretOf).OfType<byte[]>()],
                Secrets = provider.GetRequiredService<HumanTasksOptions>().Secrets
                    .Where(secret => !environment.Secrets.ContainsKey(secret.Key))
                    .Concat(environment.Secrets)
                    .ToDictionary(secret => secret.Key, secret => secret.Value, StringComparer.OrdinalIgnoreCase),
                PrivateAddresses = provider.GetRequiredService<HumanTasksOptions>().AllowPrivateAddresses,
                Models = new ModelGuards
                {
                    Assignees = [.. environment.Mcp.Assignees],
                    AllowedHosts = [.. environment.Mcp.AllowedHosts.Select(host => host.Trim().ToLowerInvariant())],
                },
            })));
        services.AddSingleton(provider => new LinkKeyRing(
            [.. provider.GetRequiredService<HumanTasksOptions>().LinkKeys.Select(Convert.FromBase64String)]));
        services.AddSingleton<LinkTokens>();
        services.AddSingleton(provider => new LinkBuilder(
            provider.GetRequiredService<LinkTokens>(),
            provider.GetRequiredService<PublicBaseAddress>().Get));
        services.TryAddSingleton<PublicBaseAddress>();
        services.AddSingleton(provider => new EngineOptions
        {
            OnFault = FaultLog(provider),
            OnClosed = task => provider.GetRequiredService<Drafts>().DropAllAsync(TaskView.Of(task), CancellationToken.None),
            EffectLimits = provider.GetService<Func<EffectKind, EffectLimit>>() ?? EngineOptions.Usual, // the host's own limits, if any
        });
        services.AddSingleton<IReadiness, FaultReadiness>();
        services.AddSingleton<EffectHealth>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<EffectHealth>());
        services.AddHostedService(provider => provider.GetRequiredService<EffectHealth>());
        services.AddSingleton<RuleSetCatalog>();
        services.AddSingleton<ContinuationStarter>();
        services.AddSingleton(provider => new EffectLanes(provider.GetRequiredService<EngineOptions>().EffectLimits));
        services.AddSingleton<EffectWatch>();
        services.AddSingleton<MailDelivery>();
        services.AddSingleton(provider => new MailAllowance(
            provider.GetRequiredService<LimitOptions>().EmailsPerHour, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<NoticeLists.Note>(provider => provider.GetRequiredService<TaskJournal>().NoteAsync);
        services.AddSingleton<NoticeLists>();
        services.AddSingleton<EmailAction>();
        services.AddSingleton(provider => OutgoingCalls.NewInvoker(provider.GetRequiredService<HumanTasksOptions>().AllowPrivateAddresses));
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<NoticeSender>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton(provider => new NoticeTemplates(provider.GetRequiredService<MailTemplates>().Find));
        services.AddSingleton<Brands>();
        services.AddSingleton<MailBodies>();
        services.AddSingleton(provider => new HttpAction(
            provider.GetRequiredService<HttpMessageInvoker>(),
            provider.GetRequiredService<EnvironmentCatalog>(),
            provider.GetRequiredService<EffectWatch>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ModelTransport>();
        services.TryAddSingleton<IModels, ConfiguredModels>();
        services.AddSingleton<Transcripts>();
        services.AddSingleton<AgentAction>();
        services.AddSingleton<TurnMaker>();
        services.AddSingleton<RunEngine>();
        services.AddSingleton<RunOperations>();
        services.AddSingleton<WatchedSecrets>();
        services.AddScoped<TaskPageResults>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<StudioSearch>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<SampleContexts>();
        services.AddScoped<RuleSetPageResults>();
        services.AddSingleton<RuleSetNames>();
        services.AddSingleton<ReceiptKeys>();
        services.AddSingleton(provider => new ReceiptSigner(
            provider.GetRequiredService<ReceiptKeys>(), provider.GetRequiredService<PublicBaseAddress>().Get));
        services.AddSingleton<ReceiptLedger>();
        services.AddSingleton<TaskOperations>();
        services.AddSingleton<TaskJournal>();
        services.AddSingleton<OneTimeCodes>();
    }

    private static void AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new ApiKeys(provider.GetRequiredService<HumanTasksOptions>().ApiKeys));
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<Overviews>();
        services.AddSingleton<Idempotency>();
        services.AddDataProtection();
        services.AddSingleton<ConfigurationFiles>();
        services.AddSingleton<Members>();
        services.AddSingleton<StudioSessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<PlatformPrincipal>();
        services.AddSingleton<CodeMail>();
        services.AddHostedService(provider => provider.GetRequiredService<CodeMail>());
        services.AddCallers().AddOpenIdConnect(configuration);
    }

    private static Action<string, string?, Exception> FaultLog(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<RunEngine>>();
        return (runId, correlationId, fault) => LogFault(logger, fault, runId, correlationId);
    }

    [LoggerMessage(LogLevel.Error, "Unexpected error in run {RunId} (correlation ID {CorrelationId})")]
    private static partial void LogFault(ILogger logger, Exception fault, string runId, string? correlationId);
}
