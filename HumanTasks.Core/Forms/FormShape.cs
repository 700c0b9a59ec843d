using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>The members of a form, its pages and its fields, as schemas describe them.</summary>
public static class FormShape
{
    private const string Columns = "fields";
    private const string Options = "options";
    internal const string VisibleWhen = "visibleWhen";
    internal const string Value = "value";

    internal static readonly TextMember PageTitle = new("title", 200) { Localized = true };
    internal static readonly ListMember Fields = new("fields", FormReader.MaxFields, Field) { MinCount = 1, Says = "The fields of a form with one page." };
    internal static readonly ListMember Pages = new("pages", FormReader.MaxPages, static definitions => definitions.Of(Page!)) { MinCount = 1, Says = "The pages of a form with several, instead of 'fields'." };
    internal static readonly TextMember SubmitLabel = new("submitLabel", FormReader.MaxSubmitLabel) { Localized = true };

    internal static readonly TextMember Label = new("label", 500) { Localized = true };
    internal static readonly TextMember Help = new("help", 2000) { Localized = true };
    internal static readonly TextMember Message = new("message", 500) { Localized = true, Says = "Error message for an invalid value." };
    internal static readonly TextMember OptionValue = new("value", 200) { Required = true };

    internal static readonly Shape Page = new(
        "FormPage", PageTitle, new ListMember(Fields.Name, Fields.MaxCount, Field) { Required = true, MinCount = 1 });

    public static readonly Shape Shape = new("Form", Fields, Pages, SubmitLabel)
    {
        Says = "The fields that a person fills in.",
    };

    internal static readonly Shape OptionShape = new("Option", OptionValue, Label);

    /// <summary>The JSON Schema of one field of any type.</summary>
    private static JsonObject Field(Definitions definitions) =>
        definitions.OneOf("Field", FieldTypes.All.Select(type => (type.Name, OfType(type, isColumn: false))));

    private static JsonObject Column(Definitions definitions) =>
        definitions.OneOf("Column", FieldTypes.All.Where(type => type.IsColumn).Select(type => (type.Name, OfType(type, isColumn: true))));

    internal static Shape OfType(FieldType type, bool isColumn) => new(
        $"{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}{(isColumn ? "Column" : "Field")}",
        [.. Common(type, isColumn), .. type.Members().Select(member => Own(type, member.Key, member.Value!.AsObject()))]);

    /// <summary>The members that a field has whatever its type.</summary>
    internal static IReadOnlyList<Member> Common(FieldType type, bool isColumn)
    {
        List<Member> members =
        [
            new WordMember("type", type.Name) { Required = true },
            new TextMember("name", 64) { Required = true, Pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$", Says = "Unique in its form; the key of the response." },
            Label,
            Help,
            new FlagMember("required"),
            Message,
        ];
        if (type is not FileType)
        {
            members.Add(new OtherMember(Value, null, static _ => []) { Says = "The prefilled value; may be a template." });
        }

        if (!isColumn)
        {
            members.Add(new FlagMember("readOnly"));
            members.Add(new OtherMember(VisibleWhen, "7", ConditionShapes.OfForm) { Says = "Shows the field only when the condition is true." });
        }

        return members;
    }

    private static Member Own(FieldType type, string name, JsonObject schema)
    {
        var (required, says) = (type.Needs.Contains(name), (string?)schema["description"]);
        return name switch
        {
            Columns => new ListMember(name, FormReader.MaxColumns, Column) { Required = required, MinCount = 1, Says = "The columns." },
            Options => new ListMember(name, FormReader.MaxOptions, Option) { Required = required, MinCount = 1 },
            _ when type.Texts.Contains(name) => new TextMember(name, FormReader.MaxTextLength)
            {
                Localized = true,
                Required = required && type is not DisplayType, // a picture or a file stands in its value
                Says = says,
            },
            _ => new OtherMember(name, "{}", _ => schema.DeepClone().AsObject()),
        };
    }

    private static JsonObject Option(Definitions definitions) => definitions.Of(OptionShape);
}
