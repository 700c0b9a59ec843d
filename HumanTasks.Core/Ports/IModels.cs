using Microsoft.Extensions.AI;

namespace HumanTasks.Core.Ports;

/// <summary>
/// The configured language models. Their clients throw <see cref="EffectFailedException"/> if the provider fails.
/// </summary>
public interface IModels
{
    /// <summary>Returns the client of a model, or of the first model without a name; null if there is none.</summary>
    IChatClient? Find(string? name);

    /// <summary>Returns why a model does not exist, naming the setting.</summary>
    string WhyNot(string? name);

    /// <summary>The maximum duration of one call.</summary>
    TimeSpan CallTimeout { get; }
}
