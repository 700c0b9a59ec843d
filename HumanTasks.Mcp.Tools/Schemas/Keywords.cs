using System.Collections.Frozen;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>The keywords of JSON Schema (draft 2020-12 and older spellings) by what they mean for a form.</summary>
internal static class Keywords
{
    /// <summary>Keywords that are merged into one shape, or read where they are.</summary>
    public static readonly FrozenSet<string> Structure = FrozenSet.ToFrozenSet(
    [
        "$ref", "$defs", "definitions", "allOf", "anyOf", "oneOf", "type", "enum", "enumNames", "x-enumNames", "x-enum-varnames", "const",
        "nullable", "properties", "required", "items",
    ]);

    /// <summary>Keywords that a form can ask for or show.</summary>
    public static readonly FrozenSet<string> Taken = FrozenSet.ToFrozenSet(
    [
        "title", "description", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "pattern", "format", "formatMinimum", "formatMaximum", "minItems", "maxItems", "uniqueItems", "writeOnly",
    ]);

    /// <summary>Keywords that don't restrict the values, or allow more than a form asks for.</summary>
    public static readonly FrozenSet<string> Remarks = FrozenSet.ToFrozenSet(
    [
        "$schema", "$id", "id", "$comment", "$anchor", "$vocabulary", "examples", "example", "deprecated", "readOnly", "propertyOrder",
        "additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "discriminator", "markdownDescription", "xml", "externalDocs",
    ]);

    /// <summary>Keywords that restrict the answer in a way that a form cannot, with the reason.</summary>
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

    /// <summary>Keywords whose larger value applies when two are combined.</summary>
    public static readonly FrozenSet<string> Lowest = FrozenSet.ToFrozenSet(["minimum", "exclusiveMinimum", "minLength", "minItems"]);

    /// <summary>Keywords whose smaller value applies when two are combined.</summary>
    public static readonly FrozenSet<string> Highest = FrozenSet.ToFrozenSet(["maximum", "exclusiveMaximum", "maxLength", "maxItems"]);

    /// <summary>Keywords whose value nearest to the property applies when two are combined.</summary>
    public static readonly FrozenSet<string> Nearest = FrozenSet.ToFrozenSet(["title", "description", "default"]);
}
