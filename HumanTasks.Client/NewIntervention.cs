using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

/// <summary>A request to create an intervention with a public link.</summary>
public sealed record NewIntervention
{
    public string? Title { get; init; }

    /// <summary>Markdown. Templates in it read the context.</summary>
    public string? Description { get; init; }

    /// <summary>The form definition, as described in the guide.</summary>
    public required JsonObject Form { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>The context paths that the page shows.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    /// <summary>The rule set that continues with each response. Set either this or <see cref="Webhook"/>.</summary>
    [JsonIgnore]
    public string? RuleSet { get; init; }

    /// <summary>The https address that receives each response.</summary>
    [JsonIgnore]
    public Uri? Webhook { get; init; }

    /// <summary>
    /// Whether <see cref="Webhook"/> gets every outcome (version 2, <see cref="WebhookOutcome"/>) or responses only.
    /// </summary>
    [JsonIgnore]
    public bool TellsOutcomes { get; init; }

    public double? LinkExpirationHours { get; init; }

    public int? MaxUses { get; init; }

    /// <summary>The language of pages and emails (BCP 47).</summary>
    public string? Language { get; init; }

    public string? CorrelationId { get; init; }
}
