using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// Merges the alternatives of a schema into one shape: a value or null is optional, values with titles are choices, a
/// number or a text is a number. A form asks for one shape, so other alternatives are refused.
/// </summary>
internal sealed class Alternatives(SchemaReader reader, ToolProblems problems, ToolProblems notes)
{
    public bool Into(Shape shape, JsonObject words, Located schema) =>
        Into(shape, words, schema, "anyOf") && Into(shape, words, schema, "oneOf");

    /// <summary>Returns the one type that can ask for several; null when there is none.</summary>
    /// <param name="types">At least two types, none of them null.</param>
    /// <param name="textIsNarrow">Whether only some texts fit, such as those that contain a number.</param>
    public static string? OneOf(IReadOnlyCollection<string> types, bool textIsNarrow)
    {
        if (types.Any(type => type is not ("string" or "number" or "integer" or "boolean")))
        {
            return null;
        }

        var number = types.Contains("number") ? "number" : types.Contains("integer") ? "integer" : null;
        return !types.Contains("string") ? types.Contains("boolean") ? null : number
            : !textIsNarrow ? "string"
            : types.Contains("boolean") ? null
            : number;
    }

    private bool Into(Shape shape, JsonObject words, Located schema, string word)
    {
        if (!words.TryGetPropertyValue(word, out var given))
        {
            return true;
        }

        var pointer = ToolProblems.At(schema.Pointer, word);
        if (given is not JsonArray { Count: > 0 } all)
        {
            problems.Add(pointer, "This must be a list of schemas.");
            return false;
        }

        Located[] others = [.. all
            .Select((one, index) => schema with { Schema = one, Pointer = ToolProblems.At(pointer, index) })
            .Where(one => !IsNull(one.Schema))];
        shape.Nullable |= others.Length < all.Count;
        if (others.Length == 0)
        {
            problems.Add(pointer, "Only null is allowed here, so there is nothing to ask.");
            return false;
        }

        if (others.Length == 1)
        {
            return reader.Into(shape, others[0]);
        }

        var read = others.Select(one => (Schema: one, Shape: reader.Read([one]))).ToArray();
        if (read.Any(one => one.Shape is null))
        {
            return false;
        }

        shape.Nullable |= read.Any(one => one.Shape!.Nullable);
        if (read.All(one => one.Shape!.Choices is not null))
        {
            return reader.Choose(shape, [.. read.SelectMany(one => ChoicesOf(one.Schema, one.Shape!))], pointer);
        }

        string[] types = [.. read.Select(one => one.Shape is { Choices: null, Type: { } type } ? type : "").Distinct()];
        var narrow = read.Any(one => one.Shape!.Type == "string" && (one.Shape.Text("pattern") ?? one.Shape.Text("format")) is not null);
        if (types.Length > 1 && OneOf(types, narrow) is { } best && Array.Find(read, one => one.Shape!.Type == best).Schema is { } chosen)
        {
            notes.Add(pointer, $"The form asks for {best}, one of the allowed types.");
            return reader.Into(shape, chosen);
        }

        problems.Add(pointer, "A form can't offer several shapes. Choose one, or give each its own property.");
        return false;
    }

    /// <summary>
    /// Returns the choices of a branch: the title of a branch with one value is the label of that value.
    /// </summary>
    private static IEnumerable<(JsonNode? Value, string Label)> ChoicesOf(Located branch, Shape shape) =>
        shape.Choices!.Select(choice => ((JsonNode?)choice.Value, shape.Choices!.Count == 1 && branch.Schema is JsonObject words
            ? SchemaReader.TitleOf(words, choice.Value)
            : choice.Label));

    private static bool IsNull(JsonNode? schema) => schema is JsonObject words
        && (SchemaReader.TextOf(words["type"]) == "null"
            || (words.TryGetPropertyValue("const", out var constant) && constant is null)
            || words["enum"] is JsonArray { Count: 1 } and [null]);
}
