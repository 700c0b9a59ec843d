using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Azure.Identity;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace HumanTasks.Web.LanguageModels;

/// <summary>The configured models. Each client is created when it is first used.</summary>
internal sealed class ConfiguredModels(HumanTasksOptions options, ModelTransport transport) : IModels
{
    private const string AzureScope = "https://cognitiveservices.azure.com/.default";

    private readonly ConcurrentDictionary<string, IChatClient> clients = new(StringComparer.OrdinalIgnoreCase);

    public TimeSpan CallTimeout => TimeSpan.FromSeconds(
        options.Models.Count == 0 ? 100 : options.Models.Max(model => model.TimeoutSeconds));

    public IChatClient? Find(string? name) =>
        options.Models.FirstOrDefault(model => name is null || model.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? clients.GetOrAdd(known.Name, _ => Make(known))
            : null;

    public string WhyNot(string? name) => name is null || options.Models.Count == 0
        ? "No model is configured. Set HumanTasks:Models:0 (Name, Endpoint, Model, and ApiKey or ManagedIdentity)."
        : $"No model named '{name}'. Configured models (HumanTasks:Models): {string.Join(", ", options.Models.Select(model => $"'{model.Name}'"))}.";

    private ModelClient Make(ModelOptions model)
    {
        var endpoint = AddressOf(model);
        var settings = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(transport.Client),
            RetryPolicy = new ClientRetryPolicy(0), // the run itself waits and retries
            NetworkTimeout = TimeSpan.FromSeconds(model.TimeoutSeconds),
        };
#pragma warning disable OPENAI001 // the only way to sign in without an API key is marked as subject to change
        var client = new ChatClient(model.Model ?? model.Name, AuthenticationOf(model, IsAzure(endpoint)), settings);
#pragma warning restore OPENAI001
        return new ModelClient(client.AsIChatClient());
    }

    private static AuthenticationPolicy AuthenticationOf(ModelOptions model, bool azure)
    {
        if (model.ManagedIdentity)
        {
            return new BearerTokenPolicy(
                new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = model.ClientId }), AzureScope);
        }

        var key = new ApiKeyCredential(string.IsNullOrEmpty(model.ApiKey) ? "none" : model.ApiKey);
        return azure
            ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, "api-key")
            : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(key);
    }

    private static Uri AddressOf(ModelOptions model)
    {
        var endpoint = model.Endpoint ?? new Uri("https://api.openai.com/v1");
        return IsAzure(endpoint) && endpoint.AbsolutePath == "/" ? new Uri(endpoint, "/openai/v1/") : endpoint;
    }

    private static bool IsAzure(Uri endpoint) =>
        endpoint.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase)
        || endpoint.Host.EndsWith(".services.ai.azure.com", StringComparison.OrdinalIgnoreCase);
}
