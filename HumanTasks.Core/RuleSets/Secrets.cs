using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>Values of a run's context that its rule set calls secret: people who watch the run do not see them.</summary>
public static class Secrets
{
    /// <summary>What stands in their place.</summary>
    public const string Hidden = "••••••";

    private const int MaxPaths = 100;

    /// <summary>
    /// A copy of a context in which the secret values are hidden. Of one that nobody can read, in which secrets cannot be
    /// told from the rest, nothing is shown.
    /// </summary>
    public static JsonObject Hide(JsonObject context, IReadOnlyList<ContextPath> secrets)
    {
        var shown = context.DeepClone().AsObject();
        if (!IsReadable(shown))
        {
            return [];
        }

        foreach (var path in secrets)
        {
            if (path.TryFind(shown, out var value) && value is not null)
            {
                value.ReplaceWith(Hidden);
            }
        }

        return shown;
    }

    private static bool IsReadable(JsonNode? node)
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
            return false; // a member twice
        }
    }

    internal static IReadOnlyList<ContextPath> Read(ObjectReader reader)
    {
        List<ContextPath> paths = [];
        foreach (var (text, pointer) in reader.TextsAt("secrets", MaxPaths, ContextPath.MaxLength))
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
        definition.TryGetProperty("secrets", out _) && ObjectReader.Open(definition, "", new Problems()) is { } reader ? Read(reader) : [];
}
