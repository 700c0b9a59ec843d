using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// Builds fields from shapes: the fields of an object's properties are labelled with the object's name first, a list of
/// objects is a table, and an optional object has a box that says whether it exists.
/// </summary>
internal sealed class FieldBuilder(SchemaReader reader, ToolProblems problems, ToolProblems notes)
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

    private static string TypeOf(Shape shape) => shape.Type
        ?? (shape.Properties.Count > 0 ? "object"
            : shape.Items.Count > 0 ? "array"
            : shape.Words.Keys.Any(word => word is "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf") ? "number"
            : "string");

    private Binding.Scalar Scalar(Shape shape, Scope scope, JsonObject field, bool unticked = false)
    {
        var name = Finish(field, shape, scope);
        return new Binding.Scalar(name, Unticked: unticked);
    }

    private Binding.Scalar YesOrNo(Shape shape, Scope scope) => Choice(
        shape, scope, [new Choice(JsonValue.Create(true), "Yes"), new Choice(JsonValue.Create(false), "No")]);

    private Binding.Scalar Choice(Shape shape, Scope scope, IReadOnlyList<Choice> choices)
    {
        var options = Options.Of(choices);
        var field = new JsonObject { ["type"] = "choice", ["options"] = Options.Fields(options, choices) };
        var name = Finish(field, shape, scope);

        // a single required value needs no input; agreeing to it is left to the person
        if (shape is { IsConstant: true, Nullable: false } && scope is { Required: true, IsRow: false } && !SchemaReader.Fits("boolean", choices[0].Value))
        {
            field["readOnly"] = true;
            defaults.Add((name, options.Keys.First()));
        }

        return new Binding.Scalar(name, options);
    }

    private Binding? Object(Shape shape, Scope scope, bool required)
    {
        if (shape.Properties.Count == 0)
        {
            problems.Add(shape.Pointer, "A form can't ask for an object with unknown properties. List them in 'properties'.");
            return null;
        }

        // an optional object with required members
        var optional = !required || shape.Nullable;
        if (optional && shape.Required.Count > 0 && !scope.IsRow)
        {
            var box = Box(shape, scope, null);
            return Group(shape, scope with { Required = true, Boxes = [.. scope.Boxes, box] }, box, always: false);
        }

        if (shape.Text("description") is { } description && !scope.IsRow)
        {
            var name = names.For([.. scope.Path, "about"]);
            scope.Fields.Add(With(new JsonObject { ["type"] = "display", ["name"] = name, ["markdown"] = description }, scope));
        }

        return Group(shape, scope with { Required = scope.Required && !optional }, null, always: !optional);
    }

    private Binding? List(Shape shape, Scope scope, bool required)
    {
        if (shape.Items.Count == 0)
        {
            problems.Add(shape.Pointer, "A form can't ask for a list of anything. Describe its entries in 'items'.");
            return null;
        }

        if (reader.Read(shape.Items) is not { } entry)
        {
            return null;
        }

        if (entry.Nullable)
        {
            notes.Add(entry.Pointer, "The form doesn't offer null entries.");
        }

        var (min, max) = (shape.Number("minItems"), shape.Number("maxItems"));
        if (entry.Choices is { } choices && (min is null or <= 1 || min <= choices.Count))
        {
            return Several(shape, scope, choices, min, max);
        }

        if (scope.IsRow || TypeOf(entry) == "array")
        {
            problems.Add(shape.Pointer, "A form can't have lists within lists, except multiple choices. Use a separate property.");
            return null;
        }

        return Table(shape, scope, entry, required, min, max);
    }

    private Binding.Many Several(Shape shape, Scope scope, IReadOnlyList<Choice> choices, decimal? min, decimal? max)
    {
        var options = Options.Of(choices);
        var field = new JsonObject { ["type"] = "multiChoice", ["options"] = Options.Fields(options, choices) };
        Put(field, "minItems", min > 1 ? min : null);
        Put(field, "maxItems", max < choices.Count ? max : null);
        var name = Finish(field, shape, scope with { Required = scope.Required && min != 0 });
        return new Binding.Many(name, options);
    }

    private Binding.Rows Table(Shape shape, Scope scope, Shape entry, bool required, decimal? min, decimal? max)
    {
        // an optional list needs no box if any number of rows is valid
        var optional = !required || shape.Nullable;
        var box = min > 1 && optional ? Box(shape, scope, "given") : null;
        var inner = box is null ? scope : scope with { Boxes = [.. scope.Boxes, box], Required = true };
        var field = new JsonObject { ["type"] = "table" };
        Put(field, "minRows", min > 0 && (box is not null || !optional) ? min : null);
        Put(field, "maxRows", max);
        var name = Finish(field, shape, inner with { Required = inner.Required && min != 0 });
        var at = ToolProblems.At(scope.Pointer, scope.Fields.Count - 1);
        List<JsonNode> columns = [];
        var row = new Scope([], [], [], true, columns, $"{at}/fields", new FieldNames());
        Binding binding = TypeOf(entry) == "object" && entry.Choices is null
            ? Group(entry, row, null, always: true)
            : BindingOf(entry, row with { Path = [Cell], Labels = [entry.Text("title") ?? LabelOf(scope)] }, required: true)!;
        if (columns.Count == 0)
        {
            problems.Add(entry.Pointer, "A form can't ask for entries with unknown properties. List them in 'properties'.");
        }

        field["fields"] = new JsonArray([.. columns]);
        return new Binding.Rows(name, binding, shape.IsTrue("uniqueItems"), box);
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
