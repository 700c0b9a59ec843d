namespace HumanTasks.Core.Forms;

/// <summary>All types of fields.</summary>
internal static class FieldTypes
{
    public static IReadOnlyList<FieldType> All { get; } =
    [
        new TextType(),
        new NumberType(whole: false),
        new NumberType(whole: true),
        new MomentType(MomentKind.Date),
        new MomentType(MomentKind.Time),
        new MomentType(MomentKind.DateTime),
        new EmailType(),
        new UrlType(),
        new BooleanType(),
        new ChoiceType(),
        new MultiChoiceType(),
        new RatingType(),
        new FileType(),
        new TableType(),
        new DisplayType(),
        new SignatureType(),
    ];

    private static readonly Dictionary<string, FieldType> ByName = All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Members of forms and fields with text for people.</summary>
    public static IReadOnlySet<string> Texts { get; } =
        new HashSet<string>(["label", "help", "message", "title", "submitLabel", .. All.SelectMany(type => type.Texts)], StringComparer.Ordinal);

    /// <summary>Members of forms and fields with Markdown.</summary>
    public static IReadOnlySet<string> Markdown { get; } = new HashSet<string>(All.SelectMany(type => type.Markdown), StringComparer.Ordinal);

    /// <summary>Members of forms and fields with a list of definitions.</summary>
    public static IReadOnlySet<string> Parts { get; } =
        new HashSet<string>(["pages", "fields", .. All.SelectMany(type => type.Parts)], StringComparer.Ordinal);

    public static FieldType Of(Field field) => ByName[field.Type];

    /// <summary>The type of a name; null for an unknown one.</summary>
    public static FieldType? Find(string name) => ByName.GetValueOrDefault(name);
}
