using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>What a person is asked. The definition is kept as it was written; <see cref="Fields"/> is how it is understood.</summary>
public sealed class Form
{
    private readonly Lazy<Form>? unread;
    private readonly ValueTemplate? templates;
    private readonly IReadOnlyList<Field> fields = [];
    private readonly IReadOnlyList<FormPage> pages = [];
    private readonly string? submitLabel;
    private readonly bool hasTemplates;
    private byte[]? canonical;

    internal Form(JsonElement definition, ValueTemplate templates, IReadOnlyList<Field> fields, string? submitLabel)
    {
        Definition = definition;
        this.templates = templates;
        hasTemplates = templates.HasTemplates;
        this.fields = fields;
        this.submitLabel = submitLabel;
    }

    private Form(JsonElement definition)
    {
        Definition = definition;
        unread = new Lazy<Form>(() => Parse(definition, resolved: false, timeZone: null));
    }

    /// <summary>A definition that was checked before, read when somebody asks: most turns need no form.</summary>
    internal static Form Checked(JsonElement definition) => new(definition);

    /// <summary>The JSON of the contract.</summary>
    public JsonElement Definition { get; }

    /// <summary>The definition in the one form that a hash is made over, written when somebody asks.</summary>
    internal byte[] Canonical => canonical ??= CanonicalJson.Write(Definition);

    public IReadOnlyList<Field> Fields => unread?.Value.fields ?? fields;

    /// <summary>The pages in which it is asked; none for a form of one page.</summary>
    public IReadOnlyList<FormPage> Pages
    {
        get => unread?.Value.Pages ?? pages;
        internal init => pages = value;
    }

    public string? SubmitLabel => unread is null ? submitLabel : unread.Value.submitLabel;

    public bool HasFiles => Fields.OfType<Field.File>().Any();

    public Field? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>Every path that a template of the form names.</summary>
    public IEnumerable<ContextPath> Paths => Templates.Paths;

    /// <summary>Whether there is any.</summary>
    public bool HasTemplates => unread is null ? hasTemplates : unread.Value.hasTemplates;

    private ValueTemplate Templates => templates ?? unread!.Value.Templates;

    /// <summary>The definition with its templates resolved and prefilled values in place.</summary>
    public JsonElement Resolve(Scope scope) =>
        HasTemplates ? JsonSerializer.SerializeToElement(Resolve(Templates, scope), ValueJson.Default.JsonNode) : Definition;

    /// <summary>
    /// Reads a resolved definition, which was checked when its rule set was saved. What its templates brought is a value
    /// from then on, also when it looks like a template.
    /// </summary>
    /// <param name="resolved">The definition.</param>
    /// <param name="timeZone">The IANA time zone of its moments; UTC without one.</param>
    /// <param name="language">In which its texts are read, where there are several.</param>
    public static Form Read(JsonElement resolved, string? timeZone = null, string language = Languages.Fallback) =>
        Parse(resolved, resolved: true, timeZone, language);

    private static Form Parse(JsonElement definition, bool resolved, string? timeZone, string language = Languages.Fallback)
    {
        var problems = new Problems { Resolved = resolved, Stored = true };
        return FormReader.Read(definition, "", problems, timeZone, language) is { } form && problems.Count == 0
            ? form
            : throw new InvalidOperationException($"A stored form is not valid: {problems[0].Pointer} {problems[0].Message}");
    }

    // only what is prefilled and what is compared may take another type than text
    private static JsonNode? Resolve(ValueTemplate template, Scope scope) => template switch
    {
        ValueTemplate.Members members => Field.Table.OnlyColumns(new JsonObject(members.Values.Select(member => KeyValuePair.Create(
            member.Name,
            member switch
            {
                { Name: "fields" or "pages", Value: ValueTemplate.Items parts } =>
                    new JsonArray([.. parts.Values.Select(part => Resolve(part, scope))]),
                { Name: "markdown", Value: var markdown } => markdown.RenderMarkdown(scope),
                { Name: "value" or "visibleWhen", Value: var value } => value.Render(scope),
                { Value: var text } => text.RenderTexts(scope),
            })))),
        _ => template.Render(scope),
    };
}

/// <summary>A part of a form that is asked at a time.</summary>
/// <param name="Title">Null for none.</param>
/// <param name="Fields">The names of its fields.</param>
public sealed record FormPage(string? Title, IReadOnlyList<string> Fields);
