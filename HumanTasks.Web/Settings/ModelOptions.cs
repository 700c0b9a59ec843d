namespace HumanTasks.Web.Settings;

/// <summary>A language model of agents: an endpoint with OpenAI's chat completions protocol.</summary>
public sealed class ModelOptions
{
    /// <summary>The name that an action's <c>model</c> uses.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The base address, such as https://api.openai.com/v1; for Azure OpenAI that of the resource, such as
    /// https://example.openai.azure.com.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The model, or the deployment of Azure OpenAI. Default the name.</summary>
    public string? Model { get; set; }

    /// <summary>The API key; null for an endpoint that needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether to sign in to Azure with the host's own identity instead of a key. Default false.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>The client ID of a user-assigned identity. Default: the host's own identity.</summary>
    public string? ClientId { get; set; }

    /// <summary>
    /// The timeout of one call, in seconds. Default 100, maximum 240: a turn of the Azure host has five minutes.
    /// </summary>
    public int TimeoutSeconds { get; set; } = 100;
}
