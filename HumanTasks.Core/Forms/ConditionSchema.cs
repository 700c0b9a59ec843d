using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Writes a form condition as JSON Schema. What JSON Schema cannot express (an order of texts, a table cell) is left
/// out, so the schema may require less than the server, but never more.
/// </summary>
internal sealed class ConditionSchema(Form form)
{
    private const int MostParts = 100; // keeps conditions built on conditions from producing an unreadable schema

    private int parts;

    /// <summary>
    /// Returns the schema that requires a conditional field while it is visible; null if JSON Schema cannot express the
    /// condition.
    /// </summary>
    public static JsonObject? Requiring(Form form, Field field) =>
        field.VisibleWhen is { } when && new ConditionSchema(form).Of(when) is { } asked
            ? new JsonObject
            {
                ["if"] = asked,
                ["then"] = FormSchema.OfType("object", ("properties", new JsonObject { [field.Name] = true }), ("required", new JsonArray(field.Name))),
            }
            : null;

    private JsonNode? Of(Condition condition) => ++parts > MostParts ? null : condition switch
    {
        Condition.All all => Each("allOf", all.Of),
        Condition.Any any => Each("anyOf", any.Of),
        Condition.Not not => Not(Of(not.Of)),
        Condition.Compare compare => Of(compare),
        _ => null,
    };

    private JsonObject? Each(string word, IEnumerable<Condition> conditions)
    {
        JsonNode?[] each = [.. conditions.Select(Of)];
        return each.Contains(null) ? null : new JsonObject { [word] = new JsonArray(each) };
    }

    // A hidden field counts as unanswered.
    private JsonNode? Of(Condition.Compare compare)
    {
        if (form.Find(compare.Path.Text) is not { } field || OfShown(compare, field) is not { } shown)
        {
            return null;
        }

        if (field.VisibleWhen is not { } when)
        {
            return shown;
        }

        var holdsWithout = compare.Holds([]);
        return Of(when) is not { } visible ? null
            : holdsWithout ? new JsonObject { ["anyOf"] = new JsonArray(Not(visible), shown) }
            : new JsonObject { ["allOf"] = new JsonArray(visible, shown) };
    }

    private static JsonNode? OfShown(Condition.Compare compare, Field field)
    {
        if (field is { ReadOnly: true } or { TakesInput: false })
        {
            return JsonValue.Create(compare.Holds(new JsonObject { [field.Name] = MomentConditions.Normal(field, field.Value) }));
        }

        return compare.Op switch
        {
            Comparison.Exists => JsonValues.IsEmpty(compare.Value) || JsonValues.AreEqual(compare.Value, JsonValue.Create(true)) ? Filled(field) : Not(Filled(field)),
            Comparison.Eq => Equal(field, compare.Value),
            Comparison.Ne => Not(Equal(field, compare.Value)),
            Comparison.In => compare.Value is JsonArray list && list.Select(item => Equal(field, item)).ToArray() is var each && !each.Contains(null)
                ? each.Length == 0 ? JsonValue.Create(false) : new JsonObject { ["anyOf"] = new JsonArray(each) }
                : null,
            Comparison.Contains => Containing(field, compare.Value),
            _ => Ordered(field, compare.Op, compare.Value),
        };
    }

    private static JsonNode? Equal(Field field, JsonNode? value) => (field, value) switch
    {
        (_, null) => Not(Filled(field)),
        (Field.Table or Field.File or Field.Signature, _) => null,
        _ when JsonValues.IsEmpty(value) => JsonValue.Create(false),
        (Field.Moment moment, _) => IsNormal(moment, value, out var text)
            ? Has(field, FormSchema.OfText(RangePattern.Of(moment.Kind, text, text)))
            : JsonValue.Create(false),
        // A moment has many notations.
        _ when JsonValues.TryText(value, out var text) && Instants.TryRead(text) is not null => null,
        _ => Has(field, new JsonObject { ["const"] = value!.DeepClone() }),
    };

    private static JsonNode? Ordered(Field field, Comparison op, JsonNode? value)
    {
        var (isLeast, isOpen) = (op is Comparison.Gt or Comparison.Ge, op is Comparison.Gt or Comparison.Lt);
        return field switch
        {
            { Shape: AnswerShape.Number } when JsonValues.TryNumber(value, out _) => Has(field, FormSchema.OfType(
                "number", ((isLeast, isOpen) switch { (true, true) => "exclusiveMinimum", (true, false) => "minimum", (false, true) => "exclusiveMaximum", _ => "maximum" }, value!.DeepClone()))),
            Field.Moment moment when IsNormal(moment, value, out var text) =>
                Has(field, FormSchema.OfText(RangePattern.Of(moment.Kind, isLeast ? text : null, isLeast ? null : text, isOpen))),
            { Shape: AnswerShape.Number or AnswerShape.Truth } or Field.MultiChoice => JsonValue.Create(false),
            _ => null,
        };
    }

    private static JsonNode? Containing(Field field, JsonNode? value) => field switch
    {
        Field.MultiChoice when JsonValues.TryText(value, out var text) && Instants.TryRead(text) is null =>
            Has(field, FormSchema.OfType("array", ("contains", new JsonObject { ["const"] = text }))),
        Field.Text or Field.Choice or Field.Email or Field.Url => JsonValues.TryText(value, out var part)
            ? Has(field, FormSchema.OfType("string", ("pattern", Escaped(part))))
            : JsonValue.Create(false),
        { Shape: AnswerShape.Number or AnswerShape.Truth } => JsonValue.Create(false),
        _ => null,
    };

    private static JsonObject Filled(Field field) => Has(field, field.Shape switch
    {
        AnswerShape.List => FormSchema.OfType("array", ("minItems", 1)),
        AnswerShape.Object => FormSchema.OfType("object"),
        AnswerShape.Number => FormSchema.OfType("number"),
        AnswerShape.Truth => FormSchema.OfType("boolean"),
        _ => FormSchema.OfType("string", ("pattern", $"[^{BlankText.Characters}]")),
    });

    private static JsonObject Has(Field field, JsonObject value) => FormSchema.OfType(
        "object", ("properties", new JsonObject { [field.Name] = value }), ("required", new JsonArray(field.Name)));

    private static JsonObject? Not(JsonNode? schema) => schema is null ? null : new JsonObject { ["not"] = schema };

    private static bool IsNormal(Field.Moment moment, JsonNode? value, out string normal)
    {
        normal = "";
        return JsonValues.TryText(value, out var text) && Moments.TryNormalize(moment.Kind, text, moment.Zone, out normal);
    }

    private static string Escaped(string text)
    {
        var pattern = new StringBuilder();
        foreach (var character in text)
        {
            pattern.Append(@"^$\.*+?()[]{}|/".Contains(character, StringComparison.Ordinal) ? $@"\{character}" : character.ToString());
        }

        return pattern.ToString();
    }
}
