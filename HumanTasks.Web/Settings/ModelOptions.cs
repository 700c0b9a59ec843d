namespace HumanTasks.Web.Settings;

/// <summary>A language model that agents work with: an endpoint that speaks OpenAI's chat completions.</summary>
public sealed class ModelOptions
{
    /// <summary>By which an action's <c>model</c> names it.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The base address, such as https://api.openai.com/v1; of Azure OpenAI the resource's, such as
    /// https://example.openai.azure.com.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The model, or the deployment of Azure OpenAI. Default the name.</summary>
    public string? Model { get; set; }

    /// <summary>Null for an endpoint that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Signs in to Azure with the host's own identity instead of a key. Default false.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>The client id of a user-assigned identity; the host's own without it.</summary>
    public string? ClientId { get; set; }

    /// <summary>How long one call may take. Default 100, at most 240: a turn of the Azure host has five minutes.</summary>
    public int TimeoutSeconds { get; set; } = 100;
}
