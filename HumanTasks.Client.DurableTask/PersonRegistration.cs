using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Client.DurableTask;

public static class PersonRegistration
{
    /// <summary>
    /// Registers the services that <see cref="PersonOrchestration.AskPersonAsync"/> needs in a Functions app.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="deployment">The address of HumanTasks.</param>
    /// <param name="apiKey">An API key of an environment, with the scopes <c>runs</c> and <c>tasks</c>.</param>
    /// <param name="webhookSecrets">The webhook secrets of that environment.</param>
    /// <param name="app">The app's own public address with its route prefix, such as https://app.example.com/api/.</param>
    public static IServiceCollection AddHumanTasks(
        this IServiceCollection services, Uri deployment, string apiKey, IEnumerable<string> webhookSecrets, Uri app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return services
            .AddSingleton(_ => new HumanTasksClient(deployment, apiKey))
            .AddSingleton(new WebhookVerifier([.. webhookSecrets]))
            .AddSingleton(new AnswerAddress(new Uri($"{app.ToString().TrimEnd('/')}/{PersonFunctions.Route}")));
    }
}
