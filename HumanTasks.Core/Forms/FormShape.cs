using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>The members of a form, its pages and its fields, as schemas describe them.</summary>
public static class FormShape
{
    private const string Columns = "fields";

    private static readonly string[] NoColumns = ["file", "table", "display", "signature"];
    private static readonly string[] Localized = ["markdown", "consent"];

    private static readonly Shape Page = new(
        "FormPage",
        new TextMember("title", 200) { Localized = true },
        new ListMember("fields", FormReader.MaxFields, Field) { Required = true, MinCount = 1 });

    public static readonly Shape Shape = new(
        "Form",
        new ListMember("fields", FormReader.MaxFields, Field) { MinCount = 1, Says = "The questions. Or 'pages'." },
        new ListMember("pages", FormReader.MaxPages, static definitions => definitions.Of(Page)) { MinCount = 1, Says = "The pages of a form with several steps, in place of 'fields'." },
        new TextMember("submitLabel", FormReader.MaxSubmitLabel) { Localized = true })
    {
        Says = "Questions for a person.",
    };

    /// <summary>The JSON Schema of one field of any type.</summary>
    private static JsonObject Field(Definitions definitions) =>
        definitions.OneOf("Field", FormReader.Types.Keys.Select(type => (type, OfType(type, isColumn: false))));

    private static JsonObject Column(Definitions definitions) =>
        definitions.OneOf("Column", FormReader.Types.Keys.Where(type => !NoColumns.Contains(type)).Select(type => (type, OfType(type, isColumn: true))));

    internal static Shape OfType(string type, bool isColumn)
    {
        List<Member> members =
        [
            new WordMember("type", type) { Required = true },
            new TextMember("name", 64) { Required = true, Pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$", Says = "Unique in its form; the key of the response." },
            new TextMember("label", 500) { Localized = true },
            new TextMember("help", 2000) { Localized = true },
            new FlagMember("required"),
            new TextMember("message", 500) { Localized = true, Says = "Error message for an invalid value." },
        ];
        if (type != "file")
        {
            members.Add(new OtherMember("value", null, static _ => []) { Says = "What stands in the field before anybody types. May be a template." });
        }

        if (!isColumn)
        {
            members.Add(new FlagMember("readOnly"));
            members.Add(new OtherMember("visibleWhen", "7", ConditionShapes.OfForm) { Says = "The field is shown only when this holds." });
        }

        members.AddRange(FormReader.Types[type].Members().Select(member => Own(type, member.Key, member.Value!.AsObject())));
        return new Shape($"{char.ToUpperInvariant(type[0])}{type[1..]}{(isColumn ? "Column" : "Field")}", members);
    }

    private static Member Own(string type, string name, JsonObject schema) => (type, name) switch
    {
        ("table", Columns) => new ListMember(name, 20, Column) { Required = true, MinCount = 1, Says = "The columns." },
        (_, "options") => new ListMember(name, FormReader.MaxOptions, Option) { Required = true, MinCount = 1 },
        _ when Localized.Contains(name) => new TextMember(name, FormReader.MaxTextLength)
        {
            Localized = true,
            Required = name == "consent",
            Says = (string?)schema["description"],
        },
        _ => new OtherMember(name, "{}", _ => schema.DeepClone().AsObject()),
    };

    private static JsonObject Option(Definitions definitions) => definitions.Of(new Shape(
        "Option",
        new TextMember("value", 200) { Required = true },
        new TextMember("label", 500) { Localized = true }));
}
