using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

internal sealed partial class FieldBuilder
{
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
}
