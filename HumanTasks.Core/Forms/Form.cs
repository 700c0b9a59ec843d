using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>The form of a task. The definition is kept as written; <see cref="Fields"/> is its parsed form.</summary>
public sealed class Form
{
    private readonly Lazy<Form>? unread;
    private readonly ValueTemplate? templates;
    private readonly IReadOnlyList<Field> fields = [];
    private readonly IReadOnlyList<FormPage> pages = [];
    private readonly SpokenText? submitLabel;
    private readonly bool hasTemplates;
    private byte[]? canonical;

    internal Form(JsonElement definition, ValueTemplate templates, IReadOnlyList<Field> fields, SpokenText? submitLabel)
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

    /// <summary>
    /// Returns a form for an already validated definition, which is parsed on first use because most turns do not need
    /// it.
    /// </summary>
    internal static Form Checked(JsonElement definition) => new(definition);

    /// <summary>The definition as JSON of the contract.</summary>
    public JsonElement Definition { get; }

    /// <summary>The canonical definition for hashes, written on first use.</summary>
    internal byte[] Canonical => canonical ??= CanonicalJson.Write(Definition);

    public IReadOnlyList<Field> Fields => unread?.Value.fields ?? fields;

    /// <summary>The pages of the form; empty for a single-page form.</summary>
    public IReadOnlyList<FormPage> Pages
    {
        get => unread?.Value.Pages ?? pages;
        internal init => pages = value;
    }

    public string? SubmitLabel => SpokenSubmitLabel?.Text;

    /// <summary>The same with the language that it is in.</summary>
    public SpokenText? SpokenSubmitLabel => unread is null ? submitLabel : unread.Value.submitLabel;

    public bool HasFiles => Fields.OfType<Field.File>().Any();

    public Field? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>All paths named by templates of the form.</summary>
    public IEnumerable<ContextPath> Paths => Templates.Paths;

    /// <summary>Whether the form contains templates.</summary>
    public bool HasTemplates => unread is null ? hasTemplates : unread.Value.hasTemplates;

    private ValueTemplate Templates => templates ?? unread!.Value.Templates;

    /// <summary>Returns the definition with its templates resolved and its initial values in place.</summary>
    public JsonElement Resolve(Scope scope) =>
        HasTemplates ? JsonSerializer.SerializeToElement(Resolve(Templates, scope), ValueJson.Default.JsonNode) : Definition;

    /// <summary>
    /// Reads a resolved definition, which was validated when its rule set was saved. Resolved values are never read as
    /// templates again.
    /// </summary>
    /// <param name="resolved">The definition.</param>
    /// <param name="timeZone">The IANA time zone of moments; UTC if null.</param>
    /// <param name="language">The language of texts given in several languages.</param>
    public static Form Read(JsonElement resolved, string? timeZone = null, string language = Languages.Fallback) =>
        Parse(resolved, resolved: true, timeZone, language);

    private static Form Parse(JsonElement definition, bool resolved, string? timeZone, string language = Languages.Fallback)
    {
        var problems = new Problems { Resolved = resolved, Stored = true };
        return FormReader.Read(definition, "", problems, timeZone, language) is { } form && problems.Count == 0
            ? form
            : throw new InvalidOperationException($"A stored form is not valid: {problems[0].Pointer} {problems[0].Message}");
    }

    // only initial values and compared values may have a type other than text
    private static JsonNode? Resolve(ValueTemplate template, Scope scope) => template switch
    {
        ValueTemplate.Members members => WithoutMore(new JsonObject(members.Values.Select(member => KeyValuePair.Create(
            member.Name,
            member switch
            {
                { Name: "fields" or "pages", Value: ValueTemplate.Items parts } =>
                    new JsonArray([.. parts.Values.Select(part => Resolve(part, scope))]),
                { Value: var markdown } when FieldTypes.Markdown.Contains(member.Name) => markdown.RenderMarkdown(scope),
                { Name: "value" or "visibleWhen", Value: var value } => value.Render(scope),
                { Value: var text } => text.RenderTexts(scope),
            })))),
        _ => template.Render(scope),
    };

    private static JsonObject WithoutMore(JsonObject definition) =>
        JsonValues.TryText(definition["type"], out var type) && FieldTypes.Find(type) is { } known ? known.Resolved(definition) : definition;
}
