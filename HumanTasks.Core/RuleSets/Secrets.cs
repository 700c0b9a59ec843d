using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The paths that a rule set calls secret: people who watch its runs do not see what is there, nor where it goes.</summary>
public static class Secrets
{
    /// <summary>What stands in their place.</summary>
    public const string Hidden = "••••••";

    private const int MaxPaths = 100;

    /// <summary>Whether a context of an earlier release can be read: a member that stands there twice keeps everybody from it.</summary>
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
