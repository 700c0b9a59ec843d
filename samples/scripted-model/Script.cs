using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HumanTasks.Samples.ScriptedModel;

/// <summary>
/// A model's responses, step by step. The conversation in each request determines the next step, so the server keeps no
/// state. A step is an object, or a list of objects of which the first match is used: <c>if</c> (members of the newest
/// tool result), then <c>say</c> (text) or <c>calls</c> (<c>tool</c>, <c>arguments</c>); <c>fail</c> lists the HTTP
/// statuses that the first attempts at the step get. In arguments <c>{{path}}</c> refers to the newest tool result, and
/// <c>{{data.path}}</c> to the data that the model was given.
/// </summary>
public sealed partial class Script(JsonArray steps)
{
    public static Script Read(string json) => new(JsonNode.Parse(json)!["steps"]!.AsArray());

    /// <summary>Returns the next step of a conversation; null when the script is over.</summary>
    public JsonObject? Next(IReadOnlyList<JsonNode> messages)
    {
        var said = messages.Count(message => (string?)message["role"] == "assistant");
        var last = Parsed(messages.LastOrDefault(message => (string?)message["role"] == "tool")?["content"]);
        var step = said < steps.Count ? steps[said] : null;
        var chosen = step is JsonArray alternatives
            ? alternatives.FirstOrDefault(alternative => Fits(alternative!["if"], last))
            : step;
        return chosen is null ? null : Filled(chosen, last, DataOf(messages))!.AsObject();
    }

    private static bool Fits(JsonNode? condition, JsonNode? last) =>
        condition is not JsonObject wanted || wanted.All(member => JsonNode.DeepEquals(Find(last, member.Key), member.Value));

    private static JsonNode? Filled(JsonNode? node, JsonNode? last, JsonNode? data) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, last, data)))),
        JsonArray items => new JsonArray([.. items.Select(item => Filled(item, last, data))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Filled(value.GetValue<string>(), last, data),
        null => null,
        _ => node.DeepClone(),
    };

    private static JsonNode? Filled(string text, JsonNode? last, JsonNode? data)
    {
        JsonNode? Of(Match match) => match.Groups[1].Value is var path && path.StartsWith("data.", StringComparison.Ordinal)
            ? Find(data, path["data.".Length..])
            : Find(last, path);
        return Path().Match(text) is { Success: true } only && only.Length == text.Length
            ? Of(only)?.DeepClone()
            : JsonValue.Create(Path().Replace(text, match => Of(match)?.ToString() ?? ""));
    }

    private static JsonNode? Find(JsonNode? from, string path) =>
        path.Split('.').Aggregate(from, (node, name) => node switch
        {
            JsonObject members => members[name],
            JsonArray items when int.TryParse(name, out var index) && index < items.Count => items[index],
            _ => null,
        });

    private static JsonNode? DataOf(IReadOnlyList<JsonNode> messages) =>
        messages.Select(message => TextOf(message["content"])).Select(text => Data().Match(text))
            .FirstOrDefault(match => match.Success) is { } found
            ? JsonNode.Parse(found.Groups[1].Value)
            : null;

    private static JsonNode? Parsed(JsonNode? content)
    {
        try
        {
            return content is null ? null : JsonNode.Parse(TextOf(content));
        }
        catch (JsonException)
        {
            return null; // the result is plain text
        }
    }

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        JsonValue value => value.ToString(),
        _ => "",
    };

    [GeneratedRegex(@"\{\{([\w.-]+)\}\}")]
    private static partial Regex Path();

    [GeneratedRegex(@"<data [0-9a-f]+>\n(\{.*\})\n</data", RegexOptions.Singleline)]
    private static partial Regex Data();
}
