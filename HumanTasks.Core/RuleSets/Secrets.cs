using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// The context paths that a rule set marks as secret. People who view its runs see neither the values nor their
/// destinations.
/// </summary>
public static class Secrets
{
    /// <summary>The text shown in place of a secret.</summary>
    public const string Hidden = "••••••";

    /// <summary>
    /// Returns whether a context from an earlier release can be read. A duplicate member makes it unreadable.
    /// </summary>
    public static bool IsReadable(JsonNode? node)
    {
        try
        {
            return node switch
            {
                JsonObject members => members.All(member => IsReadable(member.Value)),
                JsonArray items => items.All(IsReadable),
                _ => true,
            };
        }
        catch (ArgumentException)
        {
            return false; // a duplicate member
        }
    }

    internal static IReadOnlyList<ContextPath> Read(ObjectReader reader)
    {
        List<ContextPath> paths = [];
        foreach (var (text, pointer) in reader.TextsAt(RuleSetShape.SecretPaths))
        {
            if (ContextPath.TryParse(text) is { } path)
            {
                paths.Add(path);
            }
            else
            {
                reader.Problems.Add(pointer, $"'{text}' is not a path such as customer.iban.");
            }
        }

        return paths;
    }

    internal static IReadOnlyList<ContextPath> Of(JsonElement definition) =>
        definition.TryGetProperty(RuleSetShape.SecretPaths.Name, out _) && ObjectReader.Open(definition, "", new Problems()) is { } reader ? Read(reader) : [];
}
