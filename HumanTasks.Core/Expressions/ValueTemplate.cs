using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Expressions;

/// <summary>A JSON value whose texts may contain templates, at any depth.</summary>
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
                if (Template.TryParse(element.GetString()!, out var problem, problems.Stored) is { } template)
                {
                    return new Text(template);
                }

                problems.Add(pointer, problem!);
                return new Literal(element);
            default:
                return new Literal(element);
        }
    }

    /// <summary>Renders the value. A path that is a whole text passes the value with its type.</summary>
    public JsonNode? Render(Scope scope) => Render(scope, static (template, scope) => template.Render(scope));

    /// <summary>
    /// Renders the value with every text as text. Texts given per language are rendered in their language.
    /// </summary>
    public JsonNode? RenderTexts(Scope scope) =>
        Render(scope, static (template, scope) => JsonValue.Create(template.RenderText(scope)), inLanguages: true);

    /// <summary>Renders the value as Markdown in which context values are text and never markup.</summary>
    public JsonNode? RenderMarkdown(Scope scope) =>
        Render(scope, static (template, scope) => JsonValue.Create(template.RenderMarkdown(scope)), inLanguages: true);

    private JsonNode? Render(Scope scope, Func<Template, Scope, JsonNode?> render, bool inLanguages = false)
    {
        switch (this)
        {
            case Text text:
                return render(text.Template, scope);
            case Members members:
                var result = new JsonObject();
                foreach (var (name, value) in members.Values)
                {
                    result[name] = value.Render(inLanguages && value is Text && Languages.All.Contains(name) ? scope.In(name) : scope, render, inLanguages);
                }

                return result;
            case Items items:
                return new JsonArray([.. items.Values.Select(item => item.Render(scope, render, inLanguages))]);
            case Literal { Value.ValueKind: JsonValueKind.Null }:
                return null;
            case Literal literal:
                return JsonValue.Create(literal.Value);
            default:
                throw new InvalidOperationException($"Unknown template {GetType().Name}.");
        }
    }

    /// <summary>Whether the value contains a template.</summary>
    public bool HasTemplates => this switch
    {
        Text text => !text.Template.IsLiteral,
        Members members => members.Values.Any(member => member.Value.HasTemplates),
        Items items => items.Values.Any(item => item.HasTemplates),
        _ => false,
    };

    /// <summary>All paths that the value names.</summary>
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
