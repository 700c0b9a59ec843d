using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

internal sealed partial class SchemaReader
{
    private bool Types(Shape shape, JsonObject words, Located schema)
    {
        if (words["nullable"] is JsonValue nullable && nullable.TryGetValue(out bool yes) && yes)
        {
            shape.Nullable = true;
        }

        if (!words.TryGetPropertyValue("type", out var given))
        {
            return true;
        }

        var pointer = ToolProblems.At(schema.Pointer, "type");
        string?[] types = given is JsonArray list ? [.. list.Select(TextOf)] : [TextOf(given)];
        if (types.Length == 0 || types.Any(type => type is not ("string" or "number" or "integer" or "boolean" or "array" or "object" or "null")))
        {
            problems.Add(pointer, "'type' must be string, number, integer, boolean, array, object or null, or a list of these.");
            return false;
        }

        shape.Nullable |= types.Contains("null");
        string[] others = [.. types.OfType<string>().Where(type => type != "null").Distinct()];
        var choosing = words.ContainsKey("enum") || words.ContainsKey("const") || words.ContainsKey("anyOf") || words.ContainsKey("oneOf");
        if (others.Length == 0 && !choosing)
        {
            problems.Add(pointer, "Only null is allowed here, so there is nothing to ask.");
            return false;
        }

        if (others.Length > 1 && choosing)
        {
            return true; // the allowed values imply it
        }

        var one = others.Length <= 1 ? others.FirstOrDefault() : Alternatives.OneOf(others, words.ContainsKey("pattern") || words.ContainsKey("format"));
        if (one is null && others.Length > 1)
        {
            problems.Add(pointer, $"A form field has one type. Choose one of: {string.Join(", ", others)}.");
            return false;
        }

        return one is null || SetType(shape, one, pointer);
    }

    /// <summary>
    /// Sets the type of a shape; returns false, with a problem noted, when it already has another one.
    /// </summary>
    public bool SetType(Shape shape, string type, string pointer)
    {
        if (shape.Type is { } known && known != type && (known, type) is not (("integer", "number") or ("number", "integer")))
        {
            problems.Add(pointer, $"No value is both {known} and {type}.");
            return false;
        }

        if (shape.Choices?.FirstOrDefault(choice => !Fits(type, choice.Value)) is { } other)
        {
            problems.Add(pointer, $"{other.Value.ToJsonString()} is not of the type {type}.");
            return false;
        }

        shape.Type = shape.Type == "integer" ? "integer" : type;
        return true;
    }

    private bool Enumeration(Shape shape, JsonObject words, Located schema)
    {
        if (words.TryGetPropertyValue("const", out var constant))
        {
            return Choose(shape, [(constant, Spoken(constant))], ToolProblems.At(schema.Pointer, "const"), isConstant: true);
        }

        if (!words.TryGetPropertyValue("enum", out var given))
        {
            return true;
        }

        var pointer = ToolProblems.At(schema.Pointer, "enum");
        if (given is not JsonArray { Count: > 0 } values)
        {
            problems.Add(pointer, "An enum must be a list with at least one value.");
            return false;
        }

        var names = (words["enumNames"] ?? words["x-enumNames"] ?? words["x-enum-varnames"]) as JsonArray;
        return Choose(shape, [.. values.Select((value, index) => (value, (index < names?.Count ? TextOf(names[index]) : null) ?? Spoken(value)))], pointer);
    }

    /// <summary>Sets the allowed values; of several lists only the common values remain.</summary>
    public bool Choose(Shape shape, IReadOnlyList<(JsonNode? Value, string Label)> values, string pointer, bool isConstant = false)
    {
        shape.Nullable |= values.Any(value => value.Value is null);
        List<Choice> choices = [];
        foreach (var (value, label) in values)
        {
            if (value is not null && choices.TrueForAll(known => !JsonNode.DeepEquals(known.Value, value))
                && shape.Choices?.Any(known => JsonNode.DeepEquals(known.Value, value)) != false)
            {
                choices.Add(new Choice(value, label));
            }
        }

        if (choices.Count == 0)
        {
            problems.Add(pointer, shape.Choices is null ? "Only null is allowed here, so there is nothing to ask." : "No value matches everything in this schema.");
            return false;
        }

        if (shape.Type is { } type && choices.Find(choice => !Fits(type, choice.Value)) is { } other)
        {
            problems.Add(pointer, $"{other.Value.ToJsonString()} is not of the type {type}.");
            return false;
        }

        shape.Choices = choices;
        shape.IsConstant = isConstant;
        return true;
    }

    private bool Members(Shape shape, JsonObject words, Located schema)
    {
        var good = true;
        if (words.TryGetPropertyValue("properties", out var given))
        {
            var pointer = ToolProblems.At(schema.Pointer, "properties");
            if (given is not JsonObject properties)
            {
                problems.Add(pointer, "This must be an object that maps property names to schemas.");
                return false;
            }

            foreach (var (name, property) in properties)
            {
                var located = new Located(property, ToolProblems.At(pointer, name), schema.Way);
                if (shape.Properties.Find(known => known.Name == name) is { Schemas: { } schemas })
                {
                    schemas.Add(located);
                }
                else
                {
                    shape.Properties.Add((name, [located]));
                }
            }
        }

        if (words.TryGetPropertyValue("required", out var required) && !(required is JsonValue flag && flag.TryGetValue(out bool _)))
        {
            foreach (var name in required as JsonArray ?? [null])
            {
                if (TextOf(name) is not { } text)
                {
                    problems.Add(ToolProblems.At(schema.Pointer, "required"), "This must be a list of property names.");
                    good = false;
                    break;
                }

                shape.Required.Add(text);
            }
        }

        if (words.TryGetPropertyValue("items", out var items))
        {
            if (items is JsonArray)
            {
                problems.Add(ToolProblems.At(schema.Pointer, "items"), $"Forms don't support this; {Keywords.Refused["prefixItems"]}.");
                return false;
            }

            shape.Items.Add(new Located(items, ToolProblems.At(schema.Pointer, "items"), schema.Way));
        }

        return good;
    }

    private bool Word(Shape shape, string word, JsonNode? value, string pointer)
    {
        if (Keywords.Structure.Contains(word) || Keywords.Remarks.Contains(word))
        {
            return true;
        }

        if (Keywords.Refused.TryGetValue(word, out var instead))
        {
            problems.Add(ToolProblems.At(pointer, word), $"Forms don't support '{word}'. Instead, {instead}.");
            return false;
        }

        if (!Keywords.Taken.Contains(word))
        {
            notes.Add(ToolProblems.At(pointer, word), $"'{word}' is not used.");
            return true;
        }

        if (!shape.Words.TryGetValue(word, out var known) || JsonNode.DeepEquals(known, value) || Keywords.Nearest.Contains(word))
        {
            shape.Words[word] = value?.DeepClone();
            return true;
        }

        if (Shape.NumberOf(known) is { } one && Shape.NumberOf(value) is { } other)
        {
            if (Keywords.Lowest.Contains(word) || Keywords.Highest.Contains(word))
            {
                shape.Words[word] = Keywords.Lowest.Contains(word) == other > one ? value!.DeepClone() : known;
                return true;
            }

            if (word == "multipleOf" && one > 0 && other > 0 && (one % other == 0 || other % one == 0))
            {
                shape.Words[word] = Math.Max(one, other);
                return true;
            }
        }

        problems.Add(ToolProblems.At(pointer, word), $"'{word}' has two values here. Forms support one.");
        return false;
    }

    internal static bool Fits(string type, JsonNode value) => type switch
    {
        "string" => value.GetValueKind() == JsonValueKind.String,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value.GetValueKind() == JsonValueKind.Number,
        "integer" => value.GetValueKind() == JsonValueKind.Number && (Shape.NumberOf(value) is not { } number || number == decimal.Truncate(number)),
        "object" => value is JsonObject,
        _ => value is JsonArray,
    };
}
