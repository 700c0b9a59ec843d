using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// A condition on a context (<c>when</c>) or on form values (<c>visibleWhen</c>). A missing value is null: it equals
/// null and differs from everything else, and all other comparisons with it are false. An empty value does not exist.
/// </summary>
public abstract record Condition
{
    private Condition()
    {
    }

    public bool Holds(JsonObject values) => this switch
    {
        All all => all.Of.All(condition => condition.Holds(values)),
        Any any => any.Of.Any(condition => condition.Holds(values)),
        Not not => !not.Of.Holds(values),
        Compare compare => compare.Answer(values),
        _ => throw new InvalidOperationException($"Unknown condition {GetType().Name}."),
    };

    /// <summary>All paths that the condition reads.</summary>
    public IEnumerable<ContextPath> Paths => this switch
    {
        All all => all.Of.SelectMany(condition => condition.Paths),
        Any any => any.Of.SelectMany(condition => condition.Paths),
        Not not => not.Of.Paths,
        Compare compare => [compare.Path],
        _ => [],
    };

    /// <summary>Returns the condition as JSON in the shape of the contract.</summary>
    /// <param name="pathMember">"path" for a context, "field" for a form.</param>
    public JsonObject ToJson(string pathMember) => this switch
    {
        All all => new JsonObject { ["all"] = new JsonArray([.. all.Of.Select(condition => condition.ToJson(pathMember))]) },
        Any any => new JsonObject { ["any"] = new JsonArray([.. any.Of.Select(condition => condition.ToJson(pathMember))]) },
        Not not => new JsonObject { ["not"] = not.Of.ToJson(pathMember) },
        Compare compare => new JsonObject
        {
            [pathMember] = compare.Path.Text,
            ["op"] = JsonNamingPolicy.CamelCase.ConvertName(compare.Op.ToString()),
            ["value"] = compare.Value?.DeepClone(),
        },
        _ => throw new InvalidOperationException($"Unknown condition {GetType().Name}."),
    };

    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    public sealed record Compare(ContextPath Path, Comparison Op, JsonNode? Value) : Condition
    {
        internal bool Answer(JsonObject values)
        {
            Path.TryFind(values, out var actual);
            return Op switch
            {
                Comparison.Exists => !JsonValues.IsEmpty(actual) == (Value is null || JsonValues.AreEqual(Value, JsonValue.Create(true))),
                Comparison.Eq => JsonValues.AreEqual(actual, Value),
                Comparison.Ne => !JsonValues.AreEqual(actual, Value),
                Comparison.Gt => JsonValues.Compare(actual, Value) is > 0,
                Comparison.Ge => JsonValues.Compare(actual, Value) is >= 0,
                Comparison.Lt => JsonValues.Compare(actual, Value) is < 0,
                Comparison.Le => JsonValues.Compare(actual, Value) is <= 0,
                Comparison.In => Value is JsonArray list && list.Any(item => JsonValues.AreEqual(item, actual)),
                Comparison.Contains => actual is JsonArray items
                    ? items.Any(item => JsonValues.AreEqual(item, Value))
                    : JsonValues.TryText(actual, out var text) && JsonValues.TryText(Value, out var part)
                        && text.Contains(part, StringComparison.Ordinal),
                _ => throw new InvalidOperationException($"Unknown comparison {Op}."),
            };
        }
    }
}
