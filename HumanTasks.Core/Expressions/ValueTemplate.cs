using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Expressions;

/// <summary>A JSON value in whose texts templates may stand, at any depth.</summary>
public abstract record ValueTemplate
{
    private ValueTemplate()
    {
    }

    public static ValueTemplate Parse(JsonElement element, string pointer, Problems problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return new Members([.. element.EnumerateObject().Select(member => (
                    member.Name, Parse(member.Value, JsonPointer.Append(pointer, member.Name), problems)))]);
            case JsonValueKind.Array:
                return new Items([.. element.EnumerateArray().Select((item, index) =>
                    Parse(item, JsonPointer.Append(pointer, index), problems))]);
            case JsonValueKind.String:
                if (Template.TryParse(element.GetString()!, out var problem) is { } template)
                {
                    return new Text(template);
                }

                problems.Add(pointer, problem!);
                return new Literal(element);
            default:
                return new Literal(element);
        }
    }

    /// <summary>The value with its templates resolved; a path alone in its text passes the value with its type.</summary>
    public JsonNode? Render(Scope scope) => Render(scope, static (template, scope) => template.Render(scope));

    /// <summary>The same, but what was a text stays a text.</summary>
    public JsonNode? RenderTexts(Scope scope) =>
        Render(scope, static (template, scope) => JsonValue.Create(template.RenderText(scope)));

    /// <summary>The same as Markdown in which what the context brings is text and never markup.</summary>
    public JsonNode? RenderMarkdown(Scope scope) =>
        Render(scope, static (template, scope) => JsonValue.Create(template.RenderMarkdown(scope)));

    private JsonNode? Render(Scope scope, Func<Template, Scope, JsonNode?> render)
    {
        switch (this)
        {
            case Text text:
                return render(text.Template, scope);
            case Members members:
                var result = new JsonObject();
                foreach (var (name, value) in members.Values)
                {
                    result[name] = value.Render(scope, render);
                }

                return result;
            case Items items:
                return new JsonArray([.. items.Values.Select(item => item.Render(scope, render))]);
            case Literal { Value.ValueKind: JsonValueKind.Null }:
                return null;
            case Literal literal:
                return JsonValue.Create(literal.Value);
            default:
                throw new InvalidOperationException($"Unknown template {GetType().Name}.");
        }
    }

    /// <summary>Every path that the value names.</summary>
    public IEnumerable<ContextPath> Paths => this switch
    {
        Text text => text.Template.Paths,
        Members members => members.Values.SelectMany(member => member.Value.Paths),
        Items items => items.Values.SelectMany(item => item.Paths),
        _ => [],
    };

    public sealed record Literal(JsonElement Value) : ValueTemplate;

    public sealed record Text(Template Template) : ValueTemplate;

    public sealed record Members(IReadOnlyList<(string Name, ValueTemplate Value)> Values) : ValueTemplate;

    public sealed record Items(IReadOnlyList<ValueTemplate> Values) : ValueTemplate;
}
