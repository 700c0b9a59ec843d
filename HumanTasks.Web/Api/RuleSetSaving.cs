using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Api;

/// <summary>Validates and saves rule sets, for callers of the API and for the Studio's editor.</summary>
internal static class RuleSetSaving
{
    /// <summary>Returns the compiled actions, or null with every problem noted.</summary>
    public static IReadOnlyList<RuleAction>? Check(JsonElement document, string name, RunEnvironment environment, Problems problems)
    {
        if (!RuleSetName.IsValid(name))
        {
            problems.Add("/name", RuleSetName.Rule);
        }
        else if (document.ValueKind == JsonValueKind.Object
            && document.TryGetProperty("name", out var inside)
            && inside.ValueKind == JsonValueKind.String && inside.GetString() != name)
        {
            problems.Add("/name", $"The name in the body must match the name in the path, '{name}'.");
        }

        var actions = RuleSetReader.Read(document, problems, environment.Limits);
        DecimalRange.Check(document, "", problems);
        return problems.Count > 0 ? null : actions;
    }

    /// <summary>Returns what is worth a look in a rule set without problems. A hint never prevents saving.</summary>
    public static async Task<IReadOnlyList<Problem>> HintsAsync(
        IReadOnlyList<RuleAction> actions, IRuleSetStore store, RunEnvironment environment, CancellationToken cancellationToken) =>
    [
        .. RuleSet.HintsOf(actions),
        .. ConfiguredSecrets.UnknownIn(actions, environment.Secrets),
        .. await ContinuationHints.OfAsync(actions, next => FindAsync(store, environment.Id, next, cancellationToken)),
    ];

    public static Task<StoredRuleSet> SaveAsync(
        IRuleSetStore store, string environment, string name, JsonElement document, DateTimeOffset now, string by, CancellationToken cancellationToken) =>
        store.SaveRuleSetAsync(
            environment,
            name,
            JsonSerializer.SerializeToUtf8Bytes(document, WebJson.Default.JsonElement),
            now,
            by,
            cancellationToken);

    private static async Task<JsonElement?> FindAsync(
        IRuleSetStore store, string environment, string name, CancellationToken cancellationToken)
    {
        if (await store.FindRuleSetAsync(environment, name, null, cancellationToken) is not { } stored)
        {
            return null;
        }

        using var document = JsonDocument.Parse(stored.Definition);
        return document.RootElement.Clone();
    }
}
