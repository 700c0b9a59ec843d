using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// A form for a JSON Schema, and the conversion of its values to the answer that the schema asked for.
/// </summary>
internal sealed class FormOfSchema
{
    /// <summary>The pointer of the argument that holds the schema.</summary>
    public const string At = "/schema";

    private FormOfSchema(JsonObject form, Binding answer, string? description, IReadOnlyDictionary<string, string> places)
    {
        Form = form;
        Answer = answer;
        Description = description;
        Places = places;
    }

    public JsonObject Form { get; }

    public Binding Answer { get; }

    /// <summary>The schema's own description.</summary>
    public string? Description { get; }

    /// <summary>The pointer in the schema for the pointer of each field in the form.</summary>
    public IReadOnlyDictionary<string, string> Places { get; }

    /// <summary>
    /// Builds the form. Returns null, with every problem and its location noted, if the schema is refused.
    /// </summary>
    /// <param name="schema">The schema, an object.</param>
    /// <param name="problems">Receives what is refused.</param>
    /// <param name="notes">Receives what is not checked.</param>
    public static FormOfSchema? Read(JsonObject schema, ToolProblems problems, ToolProblems notes)
    {
        var before = problems.Count;
        var reader = new SchemaReader(schema, At, problems, notes);
        if (reader.Read([reader.Root]) is not { } root)
        {
            return null;
        }

        if ((root.Type ?? "object") != "object" || root.Choices is not null)
        {
            problems.Add(At, "The schema must describe an object. Put the questions in 'properties'.");
            return null;
        }

        var builder = new FieldBuilder(reader, problems, notes);
        var answer = root.Properties.Count == 0 && root.Required.Count == 0 ? builder.Confirmation(root) : builder.Root(root);
        if (problems.Count > before)
        {
            return null;
        }

        builder.Prefill(answer, root.Words.GetValueOrDefault("default"));
        return new FormOfSchema(
            new JsonObject { ["fields"] = new JsonArray([.. builder.Fields]) }, answer, root.Text("description"), builder.Places);
    }

    /// <summary>
    /// Converts the values of a form built from this schema; returns them as they are if it can no longer be read.
    /// </summary>
    public static JsonObject AnswerOf(JsonObject schema, JsonObject values) =>
        Read(schema, [], [])?.Answer.Read(values).Value as JsonObject ?? values;

    /// <summary>
    /// Returns the location in the arguments for a pointer into the request that was built from them.
    /// </summary>
    public string PlaceOf(string pointer)
    {
        // the longest known prefix: a column before its table
        var place = Places
            .Where(known => pointer == known.Key || pointer.StartsWith($"{known.Key}/", StringComparison.Ordinal))
            .OrderByDescending(known => known.Key.Length)
            .FirstOrDefault();
        if (place.Key is null)
        {
            return pointer;
        }

        var rest = pointer[place.Key.Length..] switch
        {
            "/label" => "/title",
            "/help" => "/description",
            "/value" => "/default",
            "/min" => "/minimum",
            "/max" => "/maximum",
            "/step" => "/multipleOf",
            "/minRows" => "/minItems",
            "/maxRows" => "/maxItems",
            "/name" or "/type" or "" => "",
            var options when options.StartsWith("/options", StringComparison.Ordinal) => "",
            var other => other,
        };
        return place.Value + rest;
    }
}
