using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// Reads a JSON Schema as Pydantic, Zod and .NET write it: follows local references, merges <c>allOf</c>, and merges
/// the alternatives of <c>anyOf</c> into one shape. What a form cannot ask is noted with its location and the reason.
/// </summary>
/// <param name="root">The schema.</param>
/// <param name="at">Its location in the arguments.</param>
/// <param name="problems">Receives what is refused.</param>
/// <param name="notes">Receives what is not checked.</param>
internal sealed partial class SchemaReader(JsonObject root, string at, ToolProblems problems, ToolProblems notes)
{
    private const int MostSchemas = 2000;
    private const int MostNested = 32;

    private int read;
    private int nested;

    public Located Root => new(root, at, ["#"]);

    /// <summary>
    /// Returns the shape of schemas that apply together; null, with a problem noted, when a form cannot ask for it.
    /// </summary>
    public Shape? Read(IReadOnlyList<Located> schemas)
    {
        var shape = new Shape(schemas[0].Pointer);
        return schemas.All(schema => Into(shape, schema)) ? shape : null;
    }

    /// <summary>Merges a schema into a shape; returns false, with a problem noted, when it cannot.</summary>
    public bool Into(Shape shape, Located schema)
    {
        if (++read > MostSchemas || nested >= MostNested)
        {
            problems.Add(schema.Pointer, "The schema is too large or nested too deeply for a form.");
            return false;
        }

        if (schema.Schema is JsonValue value && value.TryGetValue(out bool anything))
        {
            if (!anything)
            {
                problems.Add(schema.Pointer, "No value matches 'false'.");
            }

            return anything;
        }

        if (schema.Schema is not JsonObject words)
        {
            problems.Add(schema.Pointer, "A schema must be an object.");
            return false;
        }

        nested++;
        var good = Reference(shape, words, schema)
            && All(shape, words, schema)
            && new Alternatives(this, problems, notes).Into(shape, words, schema)
            && Types(shape, words, schema)
            && Enumeration(shape, words, schema)
            && Members(shape, words, schema)
            && words.All(word => Word(shape, word.Key, word.Value, schema.Pointer));
        nested--;
        return good;
    }

    private bool Reference(Shape shape, JsonObject words, Located schema)
    {
        if (!words.TryGetPropertyValue("$ref", out var given))
        {
            return true;
        }

        var pointer = ToolProblems.At(schema.Pointer, "$ref");
        if (given is not JsonValue value || !value.TryGetValue(out string? reference) || !reference.StartsWith('#'))
        {
            problems.Add(pointer, "Only references within the schema work, such as '#/$defs/Color'.");
            return false;
        }

        if (schema.Way.Contains(reference))
        {
            problems.Add(pointer, $"'{reference}' is recursive. Forms don't support recursive schemas.");
            return false;
        }

        if (!TryFind(reference, out var target))
        {
            problems.Add(pointer, $"'{reference}' doesn't exist in this schema.");
            return false;
        }

        return Into(shape, new Located(target, at + Uri.UnescapeDataString(reference[1..]), schema.Way.Add(reference)));
    }

    private bool TryFind(string reference, out JsonNode? found)
    {
        found = root;
        foreach (var part in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            switch (found)
            {
                case JsonObject members when members.TryGetPropertyValue(name, out var member):
                    found = member;
                    break;
                case JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count:
                    found = items[index];
                    break;
                default:
                    return false;
            }
        }

        return reference is "#" || reference.StartsWith("#/", StringComparison.Ordinal);
    }

    private bool All(Shape shape, JsonObject words, Located schema)
    {
        if (!words.TryGetPropertyValue("allOf", out var given))
        {
            return true;
        }

        var pointer = ToolProblems.At(schema.Pointer, "allOf");
        if (given is not JsonArray { Count: > 0 } all)
        {
            problems.Add(pointer, "This must be a list of schemas.");
            return false;
        }

        return all.Select((part, index) => Into(shape, new Located(part, ToolProblems.At(pointer, index), schema.Way))).All(good => good);
    }

    internal static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Returns the label of an allowed value.</summary>
    internal static string Spoken(JsonNode? value) => value is null ? "null"
        : TextOf(value) is { } text ? text.Length > 0 ? text : "(empty)"
        : value.ToJsonString();

    internal static string TitleOf(JsonObject words, JsonNode? value)
    {
        var title = TextOf(words["title"]) is { Length: > 0 } given ? given : Spoken(value);
        return TextOf(words["description"]) is { Length: > 0 } more && title != more ? $"{title}: {more}" : title;
    }
}
