using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>Valid example values for a form, for tests and previews.</summary>
public static class ExampleAnswers
{
    /// <summary>
    /// Returns the given values, all prefilled values, and an example for every other visible field that must be
    /// answered. Files are only described; programs must upload them.
    /// </summary>
    /// <param name="form">A resolved form.</param>
    /// <param name="given">The values to use in any case.</param>
    public static JsonObject Complete(Form form, JsonObject? given)
    {
        var values = (JsonObject?)given?.DeepClone() ?? [];
        IEnumerable<Field> asked = form.Fields.Where(field => field is { TakesInput: true, ReadOnly: false });
        foreach (var field in asked.Where(field => field.Value is not null && !values.ContainsKey(field.Name) && IsValid(field, field.Value!)))
        {
            values[field.Name] = field.Value!.DeepClone();
        }

        // a value may make other fields visible
        HashSet<string> tried = new(StringComparer.Ordinal);
        while (Missing() is { } field)
        {
            tried.Add(field.Name);
            if (field.Example() is { } example)
            {
                values[field.Name] = example;
            }
        }

        return Visible();

        Field? Missing()
        {
            var visible = Visibility.Of(form, values);
            return asked.FirstOrDefault(field => field.MustBeAnswered && visible.Contains(field.Name) && !tried.Contains(field.Name) && FormInput.IsEmpty(values[field.Name]));
        }

        JsonObject Visible()
        {
            var visible = Visibility.Of(form, values);
            return new JsonObject(values
                .Where(value => given?.ContainsKey(value.Key) == true || visible.Contains(value.Key))
                .Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())));
        }
    }

    /// <summary>Returns the name of the first visible field that must be answered; null if there is none.</summary>
    public static string? FirstRequired(Form form, JsonObject values)
    {
        var visible = Visibility.Of(form, values);
        return form.Fields.FirstOrDefault(field => field is { MustBeAnswered: true, TakesInput: true, ReadOnly: false } && visible.Contains(field.Name))?.Name;
    }

    /// <summary>Returns a small file that a field accepts.</summary>
    public static (string Name, string ContentType, byte[] Content) FileFor(Field.File field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FileContent.Example(field.Accept.Count > 0 ? field.Accept[0] : ".txt");
    }

    /// <summary>
    /// Returns the definition with an example for each initial value whose template has a missing path.
    /// </summary>
    internal static JsonElement Prefill(Form form, JsonElement resolved, IReadOnlyCollection<string> missing)
    {
        if (missing.Count == 0)
        {
            return resolved;
        }

        var definition = JsonObject.Create(resolved)!;
        var fields = definition["pages"] is JsonArray pages
            ? pages.OfType<JsonObject>().SelectMany(page => page["fields"] as JsonArray ?? [])
            : definition["fields"] as JsonArray ?? [];
        foreach (var (prefilled, field) in fields.OfType<JsonObject>().Zip(form.Fields))
        {
            if (prefilled["value"] is null && field.Value is { } template && field.Example() is { } example
                && PathsOf(template).Any(path => missing.Contains(path.Text)))
            {
                prefilled["value"] = example;
            }
        }

        return JsonSerializer.SerializeToElement(definition, ValueJson.Default.JsonNode);
    }

    private static IEnumerable<ContextPath> PathsOf(JsonNode value) =>
        ValueTemplate.Parse(JsonSerializer.SerializeToElement(value, ValueJson.Default.JsonNode), "", new Problems { Stored = true }).Paths;

    private static bool IsValid(Field field, JsonNode value) => field.Check(value, long.MaxValue).Problem is null;
}
