using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>The options of a choice: texts that stand for values of any type.</summary>
internal static class Options
{
    private const int MaxValue = 200;

    /// <summary>
    /// Returns the value of each option. Options are stored with tasks, so the same values always give the same
    /// options.
    /// </summary>
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
