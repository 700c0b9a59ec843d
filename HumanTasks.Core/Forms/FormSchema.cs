using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>The JSON Schema (draft 2020-12) of the values that a form accepts.</summary>
public static class FormSchema
{
    public static JsonObject Of(Form form, string title)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in form.Fields)
        {
            properties[field.Name] = Of(field);
            if (field is { Required: true, VisibleWhen: null, ReadOnly: false })
            {
                required.Add(field.Name);
            }
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject Of(Field field)
    {
        var schema = field switch
        {
            Field.Text text => OfText(text),
            Field.Number number => OfNumber(number),
            Field.Moment moment => OfType("string", ("format", moment.Kind switch
            {
                MomentKind.Date => "date",
                MomentKind.Time => "time",
                _ => "date-time",
            })),
            Field.Email => OfType("string", ("format", "email")),
            Field.Url => OfType("string", ("format", "uri")),
            Field.Boolean => OfType("boolean"),
            Field.Choice choice => OfOptions(choice.Options),
            Field.MultiChoice choices => OfType(
                "array", ("items", OfOptions(choices.Options)), ("uniqueItems", true), ("minItems", MinItems(field))),
            Field.File file => OfFile(file),
            _ => throw new InvalidOperationException($"Unknown field {field.GetType().Name}."),
        };
        schema["title"] = field.Label;
        if (field.Help is { } help)
        {
            schema["description"] = help;
        }

        if (field.Value is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        if (field.ReadOnly)
        {
            schema["readOnly"] = true;
        }

        return schema;
    }

    private static JsonObject OfText(Field.Text field)
    {
        var schema = OfType("string", ("maxLength", field.MaxLength));
        int? minLength = field.MinLength ?? (field.Required ? 1 : null);
        if (minLength is { } min)
        {
            schema["minLength"] = min;
        }

        if (field.Pattern is { } pattern)
        {
            schema["pattern"] = $"^(?:{pattern})$";
        }

        return schema;
    }

    private static JsonObject OfNumber(Field.Number field)
    {
        var schema = OfType(field.Type);
        if (field.Min is { } min)
        {
            schema["minimum"] = min;
        }

        if (field.Max is { } max)
        {
            schema["maximum"] = max;
        }

        // multipleOf counts from 0, a step from the minimum: they agree only when the minimum is itself a step
        if (field.Step is { } step && (field.Min ?? 0) % step == 0)
        {
            schema["multipleOf"] = step;
        }

        return schema;
    }

    private static JsonObject OfOptions(IReadOnlyList<Option> options) => new()
    {
        ["oneOf"] = new JsonArray([.. options.Select(option => new JsonObject
        {
            ["const"] = option.Value,
            ["title"] = option.Label,
        })]),
    };

    private static JsonObject OfFile(Field.File field)
    {
        var file = OfType("object", ("description", "An uploaded file; send the form as multipart/form-data."));
        file["properties"] = new JsonObject
        {
            ["fileId"] = OfType("string"),
            ["name"] = OfType("string"),
            ["contentType"] = OfType("string"),
            ["size"] = OfType("integer"),
            ["sha256"] = OfType("string"),
        };
        return field.Multiple
            ? OfType("array", ("items", file), ("minItems", MinItems(field)), ("maxItems", field.MaxFiles))
            : file;
    }

    private static int MinItems(Field field) => field.Required ? 1 : 0;

    private static JsonObject OfType(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var schema = new JsonObject { ["type"] = type };
        foreach (var (name, value) in more)
        {
            schema[name] = value;
        }

        return schema;
    }
}
