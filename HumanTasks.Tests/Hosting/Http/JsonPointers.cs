using System.Globalization;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Hosting.Http;

/// <summary>Finds and compares parts of JSON documents.</summary>
public static class JsonPointers
{
    /// <summary>What a JSON pointer (RFC 6901) leads to, or null when nothing is there.</summary>
    public static JsonNode? At(this JsonNode? node, string pointer) => pointer
        .Split('/')
        .Skip(1)
        .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate(node, (current, token) => current switch
        {
            JsonObject members => members[token],
            JsonArray items when int.Parse(token, CultureInfo.InvariantCulture) is var index && index < items.Count =>
                items[index],
            _ => null,
        });

    public static string Text(this JsonNode? node, string pointer) => node.At(pointer) is JsonValue value
        ? value.GetValue<string>()
        : throw new Xunit.Sdk.XunitException($"There is no text at {pointer} in {node?.ToJsonString()}");

    public static int Number(this JsonNode? node, string pointer) => node.At(pointer) is JsonValue value
        ? value.GetValue<int>()
        : throw new Xunit.Sdk.XunitException($"There is no number at {pointer} in {node?.ToJsonString()}");

    public static void MustEqual(this JsonNode? actual, string expected) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual),
        $"Expected {expected}\ngot      {actual?.ToJsonString() ?? "null"}");

    /// <summary>Fails unless the object has exactly these members.</summary>
    public static void MustHaveMembers(this JsonNode? actual, params string[] names) =>
        Assert.Equal(names.Order(StringComparer.Ordinal), actual!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));

    /// <summary>Fails unless the object has at least these members.</summary>
    public static void MustHave(this JsonNode? actual, params string[] names) =>
        Assert.Empty(names.Except(actual!.AsObject().Select(member => member.Key)));
}
