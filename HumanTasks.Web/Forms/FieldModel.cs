using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms;

/// <summary>A field as the page shows it.</summary>
public sealed record FieldModel
{
    public required Field Field { get; init; }

    /// <summary>The values as texts: typed, or prefilled.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<KeptFile> Kept { get; init; } = [];

    /// <summary>What is wrong with it, with what people and authors wrote between isolates.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// Whether the field or one of its cells has a problem; it is then shown whatever its condition says.
    /// </summary>
    public bool IsWrong { get; init; }

    /// <summary>The value as JSON, as it would be sent, for conditions that use it; null when none does.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the values on the page make the field visible; a script may hide it otherwise.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>The cells of each row of a table.</summary>
    public IReadOnlyList<IReadOnlyList<FieldModel>> Rows { get; init; } = [];

    /// <summary>The row to focus: the one that was just added, or the one that replaced a removed row.</summary>
    public int? TouchedRow { get; init; }

    /// <summary>
    /// The address of the file that a field shows; null for other fields, and for a file that cannot be opened here.
    /// </summary>
    public string? ContentAddress { get; init; }

    /// <summary>The only hosts that shown links may lead to; null for any.</summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>Whether the field is on another page of the form and only carried along.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>The field's <c>visibleWhen</c> as JSON.</summary>
    public string? When { get; init; }

    /// <summary>The condition that a script evaluates; null for a field that is always shown.</summary>
    public string? ScriptWhen => IsWrong ? null : When;

    /// <summary><see cref="When"/> as text, for pages without a script.</summary>
    public string? WhenText { get; init; }

    /// <summary>The list whose options the cells of a column share; null for a field with options of its own.</summary>
    public string? OptionsId { get; init; }

    /// <summary>What the field expects, as text.</summary>
    public string? Hint { get; init; }

    /// <summary>In which the author's texts are where they have only one each; null where nobody said.</summary>
    public string? TaskLanguage { get; init; }

    /// <summary>The <c>lang</c> of one of its author's texts, by the name of its member; null where it is the form's own.</summary>
    public string? LanguageOf(string member) => ForeignOf(Field.TextLanguages?.GetValueOrDefault(member));

    /// <summary>The same of an option's label.</summary>
    public string? LanguageOf(Option option) => ForeignOf(option.Language);

    private string? ForeignOf(string? language) => Foreign.Of(language ?? TaskLanguage, Languages.Current);

    public string Value => Values.Count > 0 ? Values[^1] : "";

    /// <summary>The ID of the input, or of the first of several.</summary>
    public string Id => $"f-{Field.Name}";

    public string HelpId => $"h-{Field.Name}";

    public string HintId => $"i-{Field.Name}";

    public string ErrorId => $"e-{Field.Name}";

    /// <summary>
    /// The IDs of the elements that describe the input, for <c>aria-describedby</c>; null without any.
    /// </summary>
    public string? DescribedBy => string.Join(' ', new[]
    {
        Field.Help is null ? null : HelpId,
        Hint is null && WhenText is null ? null : HintId,
        Error is null ? null : ErrorId,
    }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    public string? Invalid => Error is null ? null : "true";
}
