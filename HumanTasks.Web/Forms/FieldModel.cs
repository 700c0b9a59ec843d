using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms;

/// <summary>One field as it stands on the page.</summary>
public sealed record FieldModel
{
    public required Field Field { get; init; }

    /// <summary>As texts: what was typed, or what the form was prefilled with.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<KeptFile> Kept { get; init; } = [];

    public string? Error { get; init; }

    /// <summary>Whether anything is wrong with it, or with a cell of it; it is shown then whatever its condition says.</summary>
    public bool IsWrong { get; init; }

    /// <summary>Its value as JSON, as it would be sent, for conditions that ask for it; null where none does.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the values on the page make the field visible; a script may hide what is not.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>The cells of each row of a table.</summary>
    public IReadOnlyList<IReadOnlyList<FieldModel>> Rows { get; init; } = [];

    /// <summary>The row that somebody just added, or that moved up to one that they took away: there they go on.</summary>
    public int? TouchedRow { get; init; }

    /// <summary>The address of the file that a field shows; null for another field, and for a file that cannot be opened here.</summary>
    public string? ContentAddress { get; init; }

    /// <summary>The only hosts that links of what is shown may lead to; null for any.</summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>Whether it stands on another page of the form than the one that is shown, and is only carried along.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>The field's <c>visibleWhen</c> as JSON.</summary>
    public string? When { get; init; }

    /// <summary>What decides in the browser whether it is shown; null for what always is.</summary>
    public string? ScriptWhen => IsWrong ? null : When;

    /// <summary><see cref="When"/> in words, for who has no script.</summary>
    public string? WhenText { get; init; }

    /// <summary>What the field expects, in words.</summary>
    public string? Hint { get; init; }

    public string Value => Values.Count > 0 ? Values[^1] : "";

    /// <summary>Of the input, or of the first of several.</summary>
    public string Id => $"f-{Field.Name}";

    public string HelpId => $"h-{Field.Name}";

    public string HintId => $"i-{Field.Name}";

    public string ErrorId => $"e-{Field.Name}";

    /// <summary>The elements that describe the input, for <c>aria-describedby</c>; null when there are none.</summary>
    public string? DescribedBy => string.Join(' ', new[]
    {
        Field.Help is null ? null : HelpId,
        Hint is null && WhenText is null ? null : HintId,
        Error is null ? null : ErrorId,
    }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    public string? Invalid => Error is null ? null : "true";

    /// <summary>One question with several inputs, which share a legend.</summary>
    public bool IsGroup => !Field.ReadOnly && Field switch
    {
        Field.Choice choice => choice.Display != ChoiceDisplay.Dropdown,
        Field.MultiChoice => true,
        Field.Boolean box => !box.IsBox,
        _ => false,
    };
}

/// <summary>A file that was uploaded and waits for the rest of the form to be right; its seal proves that we handed it out.</summary>
public sealed record KeptFile(string FileId, string Name, long Size, string Seal);
