using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>The options of a choice: texts, whatever the values are that they stand for.</summary>
internal static class Options
{
    private const int MaxValue = 200;

    /// <summary>Option to value. Options are stored with tasks: the same values give the same options for ever.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Of(IReadOnlyList<Choice> choices)
    {
        var options = new OrderedDictionary<string, JsonNode>(StringComparer.Ordinal);
        for (var i = 0; i < choices.Count; i++)
        {
            var text = SchemaReader.TextOf(choices[i].Value) ?? choices[i].Value.ToJsonString();
            var option = IsPlain(text) && !options.ContainsKey(text) ? text : string.Create(CultureInfo.InvariantCulture, $"#{i + 1}");
            options.Add(options.ContainsKey(option) ? $"#{option}" : option, choices[i].Value);
        }

        return options;
    }

    public static JsonArray Fields(IReadOnlyDictionary<string, JsonNode> options, IReadOnlyList<Choice> choices) => new(
    [
        .. options.Keys.Zip(choices, (option, choice) => new JsonObject
        {
            ["value"] = option,
            ["label"] = string.IsNullOrWhiteSpace(choice.Label) ? option : choice.Label,
        }),
    ]);

    private static bool IsPlain(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= MaxValue && text == text.Trim() && !text.Any(char.IsControl);
}
