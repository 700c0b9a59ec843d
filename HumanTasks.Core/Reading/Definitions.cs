using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>The named schemas of one document, which others refer to. A shape may refer to itself.</summary>
/// <param name="prefix">What stands before a name in a reference, such as <c>#/$defs/</c>.</param>
public sealed class Definitions(string prefix)
{
    private readonly SortedDictionary<string, JsonObject> known = new(StringComparer.Ordinal);

    /// <summary>Whether an optional member may be null. False for a model, which is told to leave it out.</summary>
    public bool AllowsNull { get; init; } = true;

    /// <summary>Whether texts for people may come in several languages.</summary>
    public bool AllowsLanguages { get; init; } = true;

    /// <summary>Whether a choice of shapes names the member that tells them apart, as OpenAPI does and JSON Schema does not.</summary>
    public bool HasDiscriminators { get; init; }

    /// <summary>Definitions for a model, which leaves optional members out and writes one language.</summary>
    public static Definitions ForModels() => new("#/$defs/") { AllowsNull = false, AllowsLanguages = false };

    /// <summary>A reference to the schema of a shape.</summary>
    public JsonObject Of(Shape shape) => Of(shape.Name, () => shape.Schema(this));

    /// <summary>A reference to the schema of this name, which is made once.</summary>
    public JsonObject Of(string name, Func<JsonObject> make)
    {
        if (!known.ContainsKey(name))
        {
            known[name] = []; // so that what refers to itself ends here
            known[name] = make();
        }

        return new JsonObject { ["$ref"] = prefix + name };
    }

    /// <summary>A reference to a choice of shapes, which their member <c>type</c> tells apart.</summary>
    public JsonObject OneOf(string name, IEnumerable<(string Type, Shape Shape)> shapes) => Of(name, () =>
    {
        var all = shapes.Select(entry => (entry.Type, Reference: Of(entry.Shape))).ToArray();
        var choice = new JsonObject { ["anyOf"] = new JsonArray([.. all.Select(entry => entry.Reference)]) };
        if (HasDiscriminators)
        {
            choice["discriminator"] = new JsonObject
            {
                ["propertyName"] = "type",
                ["mapping"] = new JsonObject(all.Select(entry => KeyValuePair.Create(entry.Type, (JsonNode?)(string?)entry.Reference["$ref"]))),
            };
        }

        return choice;
    });

    /// <summary>All of them as one object.</summary>
    public JsonObject ToJson() => new(known.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.DeepClone())));
}
