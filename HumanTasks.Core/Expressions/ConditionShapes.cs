using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Expressions;

/// <summary>The JSON Schemas of conditions, which <see cref="ConditionReader"/> reads.</summary>
internal static class ConditionShapes
{
    /// <summary>A condition over the context of a run.</summary>
    public static JsonObject OfContext(Definitions definitions) => Of(definitions, "ContextCondition", "path");

    /// <summary>A condition over the other fields of a form.</summary>
    public static JsonObject OfForm(Definitions definitions) => Of(definitions, "FieldCondition", "field");

    private static JsonObject Of(Definitions definitions, string name, string pathMember)
    {
        return definitions.Of(name, () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Shape("Comparison", Path(), Op(), Value(), Equal()),
                Shape("All", List("all")),
                Shape("Any", List("any")),
                Shape("Not", new OtherMember("not", "7", Again) { Required = true })),
        });

        JsonObject Again(Definitions of) => Of(of, name, pathMember);
        JsonObject Shape(string part, params IReadOnlyList<Member> members) => new Shape(name + part, members).Schema(definitions);
        ListMember List(string member) => new(member, 50, Again) { Required = true, MinCount = 1 };
        TextMember Path() => new(pathMember, ContextPath.MaxLength) { Required = true };
        static WordMember Op() => new("op", "eq", "ne", "gt", "ge", "lt", "le", "in", "contains", "exists") { Says = "Default eq." };
        static OtherMember Value() => new("value", null, static _ => []);
        static OtherMember Equal() => new("equals", null, static _ => []) { Says = "Short for the op eq and a value." };
    }
}
