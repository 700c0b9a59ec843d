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
        ["not"] = "describe the allowed values",
        ["if"] = "ask for both cases and explain in the description when each applies",
        ["then"] = "ask for both cases and explain in the description when each applies",
        ["else"] = "ask for both cases and explain in the description when each applies",
        ["dependentRequired"] = "make the properties required or optional",
        ["dependentSchemas"] = "ask for all properties",
        ["dependencies"] = "ask for all properties",
        ["patternProperties"] = "list each property",
        ["propertyNames"] = "list each property",
        ["minProperties"] = "list each property, and the required ones in 'required'",
        ["maxProperties"] = "list each property, and the required ones in 'required'",
        ["prefixItems"] = "use an object with one property per entry",
        ["contains"] = "explain in the description what the list must contain",
        ["minContains"] = "explain in the description what the list must contain",
        ["maxContains"] = "explain in the description what the list must contain",
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
