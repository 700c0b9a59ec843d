using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Expressions;

/// <summary>Reads a condition. <c>pathMember</c> is "path" for a context and "field" for a form.</summary>
public static class ConditionReader
{
    private const int MaxDepth = 20;

    public static Condition? Read(JsonElement element, string pointer, Problems problems, string pathMember, int depth = 0)
    {
        if (ObjectReader.Open(element, pointer, problems) is not { } reader)
        {
            return null;
        }

        if (depth > MaxDepth)
        {
            problems.Add(pointer, "The condition is nested too deeply.");
            return null;
        }

        Condition? condition =
            reader.Any("all") is not null ? List(reader, "all", pathMember, depth) is { } all ? new Condition.All(all) : null
            : reader.Any("any") is not null ? List(reader, "any", pathMember, depth) is { } any ? new Condition.Any(any) : null
            : reader.Any("not") is { } not
                ? Read(not, reader.At("not"), problems, pathMember, depth + 1) is { } of ? new Condition.Not(of) : null
            : Compare(reader, pathMember);
        reader.Finish();
        return condition;
    }

    private static List<Condition>? List(ObjectReader reader, string member, string pathMember, int depth)
    {
        var items = reader.Array(member, 50);
        if (items.Count == 0)
        {
            reader.Refuse(member, $"'{member}' needs at least one condition.");
            return null;
        }

        List<Condition> conditions = [];
        foreach (var (item, pointer) in items)
        {
            if (Read(item, pointer, reader.Problems, pathMember, depth + 1) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions.Count == items.Count ? conditions : null;
    }

    private static Condition.Compare? Compare(ObjectReader reader, string pathMember)
    {
        var text = reader.RequiredText(pathMember, ContextPath.MaxLength);
        var path = ContextPath.TryParse(text);
        if (path is null && text.Length > 0)
        {
            reader.Refuse(pathMember, $"'{text}' is not a path such as invoice.amount.");
        }

        var shorthand = reader.Any("equals");
        var word = reader.OneOf("op", "eq", "eq", "ne", "gt", "ge", "lt", "le", "in", "contains", "exists");
        var op = Enum.Parse<Comparison>(word, ignoreCase: true);
        var value = shorthand ?? reader.Any("value");
        if (shorthand is not null && (reader.Any("value") ?? reader.Any("op")) is not null)
        {
            reader.Refuse("equals", "Set either 'equals', or 'op' and 'value'.");
        }

        if (op == Comparison.In && value is not { ValueKind: JsonValueKind.Array })
        {
            reader.Refuse("value", "The value of 'in' must be a list.");
        }

        return path is null ? null : new Condition.Compare(path, op, Node(value));
    }

    private static JsonNode? Node(JsonElement? value) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } node => JsonObject.Create(node),
        { ValueKind: JsonValueKind.Array } list => JsonArray.Create(list),
        { } scalar => JsonValue.Create(scalar),
    };
}
