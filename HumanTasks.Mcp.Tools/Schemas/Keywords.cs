using System.Collections.Frozen;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>What the keywords of JSON Schema (draft 2020-12, and older spellings) mean for a form.</summary>
internal static class Keywords
{
    /// <summary>Merged into one shape, or read where they stand.</summary>
    public static readonly FrozenSet<string> Structure = FrozenSet.ToFrozenSet(
    [
        "$ref", "$defs", "definitions", "allOf", "anyOf", "oneOf", "type", "enum", "enumNames", "x-enumNames", "x-enum-varnames", "const",
        "nullable", "properties", "required", "items",
    ]);

    /// <summary>What a form can ask or show.</summary>
    public static readonly FrozenSet<string> Taken = FrozenSet.ToFrozenSet(
    [
        "title", "description", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "pattern", "format", "formatMinimum", "formatMaximum", "minItems", "maxItems", "uniqueItems", "writeOnly",
    ]);

    /// <summary>Says nothing about which values are right, or allows more than a form asks for.</summary>
    public static readonly FrozenSet<string> Remarks = FrozenSet.ToFrozenSet(
    [
        "$schema", "$id", "id", "$comment", "$anchor", "$vocabulary", "examples", "example", "deprecated", "readOnly", "propertyOrder",
        "additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "discriminator", "markdownDescription", "xml", "externalDocs",
    ]);

    /// <summary>Narrows the answer in a way in which no form can ask.</summary>
    public static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["not"] = "say what the answer is, not what it is not",
        ["if"] = "ask for both cases, and say in the description which one applies",
        ["then"] = "ask for both cases, and say in the description which one applies",
        ["else"] = "ask for both cases, and say in the description which one applies",
        ["dependentRequired"] = "make the properties required or optional",
        ["dependentSchemas"] = "ask for all properties",
        ["dependencies"] = "ask for all properties",
        ["patternProperties"] = "name each property",
        ["propertyNames"] = "name each property",
        ["minProperties"] = "name each property, and which are required",
        ["maxProperties"] = "name each property, and which are required",
        ["prefixItems"] = "use an object with one property for each entry",
        ["contains"] = "say in the description what the list must have",
        ["minContains"] = "say in the description what the list must have",
        ["maxContains"] = "say in the description what the list must have",
        ["$dynamicRef"] = "use '$ref'",
        ["$recursiveRef"] = "use '$ref'",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Of two that apply together, the larger one counts.</summary>
    public static readonly FrozenSet<string> Lowest = FrozenSet.ToFrozenSet(["minimum", "exclusiveMinimum", "minLength", "minItems"]);

    /// <summary>Of two that apply together, the smaller one counts.</summary>
    public static readonly FrozenSet<string> Highest = FrozenSet.ToFrozenSet(["maximum", "exclusiveMaximum", "maxLength", "maxItems"]);

    /// <summary>Of two that apply together, the one nearer to the property counts.</summary>
    public static readonly FrozenSet<string> Nearest = FrozenSet.ToFrozenSet(["title", "description", "default"]);
}
