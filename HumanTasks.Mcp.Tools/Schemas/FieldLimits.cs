using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>Applies a schema's limits to number and text fields.</summary>
internal static class FieldLimits
{
    private const decimal MaxText = 20_000;

    /// <summary>The distance between an exclusive limit and the nearest valid number.</summary>
    private const decimal Nearly = 0.000000001m;

    private const string Uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    public static JsonObject OfNumber(Shape shape, ToolProblems problems)
    {
        var whole = shape.Type == "integer";
        var field = new JsonObject { ["type"] = whole ? "integer" : "number" };
        var step = shape.Number("multipleOf");
        if (shape.Words.ContainsKey("multipleOf") && step is null or <= 0)
        {
            problems.Add(ToolProblems.At(shape.Pointer, "multipleOf"), "This must be a number above 0.");
            return field;
        }

        var least = Bound(shape, "minimum", "exclusiveMinimum", step ?? (whole ? 1 : Nearly), up: true);
        var most = Bound(shape, "maximum", "exclusiveMaximum", step ?? (whole ? 1 : Nearly), up: false);
        if (step is { } size && least is { } from && Countable(from, size))
        {
            least = Math.Ceiling(from / size) * size; // steps count from the minimum, multiples from 0
        }

        if (least > most)
        {
            problems.Add(ToolProblems.At(shape.Pointer, "minimum"), "No number is within these limits.");
        }

        Put(field, "min", least);
        Put(field, "max", most);
        Put(field, "step", step);
        return field;
    }

    public static JsonObject OfText(Shape shape, ToolProblems problems, ToolProblems notes)
    {
        var format = shape.Text("format");
        if (format == "password" || shape.IsTrue("writeOnly"))
        {
            problems.Add(ToolProblems.At(shape.Pointer, format == "password" ? "format" : "writeOnly"), "Forms can't ask for passwords.");
        }

        var field = new JsonObject
        {
            ["type"] = format switch
            {
                "email" or "idn-email" => "email",
                "uri" or "url" or "iri" => "url",
                "date" => "date",
                "time" => "time",
                "date-time" => "dateTime",
                _ => "text",
            },
        };
        if ((string?)field["type"] != "text")
        {
            Copy(shape, "formatMinimum", field, "min");
            Copy(shape, "formatMaximum", field, "max");
            foreach (var word in (string[])["pattern", "minLength", "maxLength"])
            {
                if (shape.Words.ContainsKey(word))
                {
                    notes.Add(ToolProblems.At(shape.Pointer, word), $"'{word}' is not checked, only the format {format}.");
                }
            }

            return field;
        }

        Put(field, "minLength", shape.Number("minLength"));
        Put(field, "maxLength", shape.Number("maxLength") is { } max ? Math.Min(max, MaxText) : null);
        if (shape.Text("pattern") is { } pattern)
        {
            field["pattern"] = Whole(pattern);
        }
        else if (format == "uuid")
        {
            field["pattern"] = Uuid;
        }
        else if (format is not null)
        {
            notes.Add(ToolProblems.At(shape.Pointer, "format"), $"The format '{format}' is not checked.");
        }

        return field;
    }

    /// <summary>Returns the smallest or largest valid number; null without a limit.</summary>
    private static decimal? Bound(Shape shape, string inclusive, string exclusive, decimal next, bool up)
    {
        var bound = shape.Number(inclusive);
        if (shape.IsTrue(exclusive))
        {
            return Beyond(bound, next, up); // a boolean, as in draft 4
        }

        var beyond = Beyond(shape.Number(exclusive), next, up);
        return bound is null ? beyond : beyond is null ? bound : up ? Math.Max(bound.Value, beyond.Value) : Math.Min(bound.Value, beyond.Value);
    }

    private static decimal? Beyond(decimal? bound, decimal next, bool up)
    {
        if (bound is not { } number)
        {
            return null;
        }

        // the next whole number, or the next multiple
        return next == Nearly || !Countable(number, next) ? number + (up ? Nearly : -Nearly)
            : up ? (Math.Floor(number / next) + 1) * next
            : (Math.Ceiling(number / next) - 1) * next;
    }

    /// <summary>Returns whether the steps up to a number can be counted exactly.</summary>
    private static bool Countable(decimal number, decimal step) => Math.Abs(number) < 1_000_000_000_000m && step > 0.000000000001m;

    /// <summary>
    /// Returns the pattern for a form, which matches the whole text; one of JSON Schema matches anywhere.
    /// </summary>
    private static string Whole(string pattern) =>
        pattern.StartsWith('^') && pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) && !pattern.Contains('|', StringComparison.Ordinal)
            ? pattern[1..^1]
            : $"[\\s\\S]*(?:{pattern})[\\s\\S]*";

    private static void Put(JsonObject field, string member, decimal? number)
    {
        if (number is { } given)
        {
            field[member] = given;
        }
    }

    private static void Copy(Shape shape, string word, JsonObject field, string member)
    {
        if (shape.Text(word) is { } text)
        {
            field[member] = text;
        }
    }
}
