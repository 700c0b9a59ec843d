using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// Builds fields from shapes: the fields of an object's properties are labelled with the object's name first, a list of
/// objects is a table, and an optional object has a box that says whether it exists.
/// </summary>
internal sealed partial class FieldBuilder(SchemaReader reader, ToolProblems problems, ToolProblems notes)
{
    private const string Cell = "value";

    private readonly FieldNames names = new();
    private readonly List<(string Field, JsonNode Value)> defaults = [];

    /// <summary>The fields of the form, in the order of the properties.</summary>
    public List<JsonNode> Fields { get; } = [];

    /// <summary>The pointer in the schema for the pointer of each field in the form.</summary>
    public Dictionary<string, string> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a yes or no question, for a schema with nothing to fill in.</summary>
    public Binding Confirmation(Shape root)
    {
        var name = names.For(["confirmed"]);
        Add(new JsonObject { ["type"] = "boolean", ["name"] = name, ["label"] = "Yes, I confirm" }, root.Pointer);
        return new Binding.Group([new Binding.Member(name, new Binding.Scalar(name, Unticked: true), true, false)], null, Always: true);
    }

    public Binding Root(Shape root) => Group(root, new Scope([], [], [], true, Fields, "/form/fields"), null, always: true);

    /// <summary>Applies the defaults to the fields: the root's first, then each property's own.</summary>
    public void Prefill(Binding answer, JsonNode? root)
    {
        var values = new JsonObject();
        answer.Fill(root, values);
        foreach (var (field, value) in defaults.Where(one => !values.ContainsKey(one.Field)))
        {
            values[field] = value.DeepClone();
        }

        foreach (var field in Fields.OfType<JsonObject>())
        {
            if (values[(string)field["name"]!] is { } value)
            {
                field["value"] = value.DeepClone();
            }
        }
    }

    private Binding.Group Group(Shape shape, Scope scope, string? box, bool always)
    {
        List<Binding.Member> members = [];
        foreach (var (name, schemas) in shape.Properties)
        {
            if (reader.Read(schemas) is { } property)
            {
                var required = shape.Required.Contains(name);
                var inner = scope.Into(name, property.Text("title"));
                if (BindingOf(property, inner with { Required = scope.Required && required }, required) is { } binding)
                {
                    members.Add(new Binding.Member(name, binding, required, property.Nullable));
                    Default(binding, property, inner);
                }
            }
        }

        foreach (var name in shape.Required.Where(name => shape.Properties.TrueForAll(property => property.Name != name)))
        {
            problems.Add(ToolProblems.At(shape.Pointer, "required"), $"'{name}' is required but not in 'properties'.");
        }

        return new Binding.Group(members, box, always);
    }

    private void Default(Binding binding, Shape property, Scope scope)
    {
        if (property.Words.GetValueOrDefault("default") is not { } given || scope.IsRow)
        {
            return;
        }

        var values = new JsonObject();
        binding.Fill(given, values);
        defaults.AddRange(values.Where(value => value.Value is not null).Select(value => (value.Key, value.Value!)));
    }

    private Binding? BindingOf(Shape shape, Scope scope, bool required)
    {
        if (shape.Choices is { } choices)
        {
            return Choice(shape, scope, choices);
        }

        return TypeOf(shape) switch
        {
            "object" => Object(shape, scope, required),
            "array" => List(shape, scope, required),
            "boolean" when shape.Nullable => YesOrNo(shape, scope),
            "boolean" => Scalar(shape, scope, new JsonObject { ["type"] = "boolean" }, unticked: required),
            "integer" or "number" => Scalar(shape, scope, FieldLimits.OfNumber(shape, problems)),
            _ => Scalar(shape, scope, FieldLimits.OfText(shape, problems, notes)),
        };
    }

    private string Box(Shape shape, Scope scope, string? suffix) =>
        Finish(new JsonObject { ["type"] = "boolean" }, shape, scope with { Required = false }, suffix);

    private string Finish(JsonObject field, Shape shape, Scope scope, string? suffix = null)
    {
        var name = (scope.Names ?? names).For(suffix is null ? scope.Path : [.. scope.Path, suffix]);
        field["name"] = name;
        field["label"] = LabelOf(scope);
        if (shape.Text("description") is { Length: > 0 } help && suffix is null)
        {
            field["help"] = help;
        }

        if (scope.Required && !shape.Nullable && (string?)field["type"] != "boolean")
        {
            field["required"] = true;
        }

        Places[ToolProblems.At(scope.Pointer, scope.Fields.Count)] = shape.Pointer;
        scope.Fields.Add(With(field, scope));
        return name;
    }

    private void Add(JsonObject field, string place)
    {
        Places[ToolProblems.At("/form/fields", Fields.Count)] = place;
        Fields.Add(field);
    }

    private static JsonObject With(JsonObject field, Scope scope)
    {
        JsonObject[] conditions = [.. scope.Boxes.Select(box => new JsonObject { ["field"] = box, ["equals"] = true })];
        if (conditions.Length > 0)
        {
            field["visibleWhen"] = conditions.Length == 1 ? conditions[0] : new JsonObject { ["all"] = new JsonArray([.. conditions]) };
        }

        return field;
    }

    private static string LabelOf(Scope scope) => string.Join(": ", scope.Labels);

    private static void Put(JsonObject field, string member, decimal? number)
    {
        if (number is { } given)
        {
            field[member] = given == decimal.Truncate(given) ? JsonValue.Create(decimal.ToInt64(decimal.Clamp(given, 0, 1_000_000))) : JsonValue.Create(given);
        }
    }

    /// <summary>The place where fields are added.</summary>
    /// <param name="Path">The names of the properties that lead here.</param>
    /// <param name="Labels">The labels of those properties.</param>
    /// <param name="Boxes">The boxes that must be ticked to show these fields.</param>
    /// <param name="Required">Whether required values here must be given.</param>
    /// <param name="Fields">The list that receives the fields.</param>
    /// <param name="Pointer">The pointer of <paramref name="Fields"/> in the request.</param>
    /// <param name="Names">The names of a row's fields; null for those of the form.</param>
    private sealed record Scope(
        IReadOnlyList<string> Path,
        IReadOnlyList<string> Labels,
        IReadOnlyList<string> Boxes,
        bool Required,
        List<JsonNode> Fields,
        string Pointer,
        FieldNames? Names = null)
    {
        public bool IsRow => Names is not null;

        public Scope Into(string name, string? title) => this with
        {
            Path = [.. Path, name],
            Labels = [.. Labels, string.IsNullOrWhiteSpace(title) ? name.Length > 0 ? name : "Answer" : title],
        };
    }
}
