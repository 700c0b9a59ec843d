using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms;

/// <summary>Everything that the review page shows.</summary>
public sealed record FormModel
{
    /// <summary>Where the form goes.</summary>
    public required string Address { get; init; }

    /// <summary>Where what was typed is kept; null where it is not.</summary>
    public string? DraftAddress { get; init; }

    /// <summary>When what stands in the form was kept; null when it is as it was prefilled.</summary>
    public DateTimeOffset? DraftSavedAt { get; init; }

    /// <summary>How who asks looks; null where the page around it has its own look.</summary>
    public Branding.Brand? Brand { get; init; }

    /// <summary>Who asks.</summary>
    public required string Asks { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The only hosts that links of the description may lead to; null for any.</summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>Which round of the task this is, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>What was answered in earlier rounds, oldest first.</summary>
    public IReadOnlyList<EarlierRound> Earlier { get; init; } = [];

    public required ShownContext Context { get; init; }

    /// <summary>The host's name that the address bar shows when this page is genuine.</summary>
    public required string Host { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required int UsesLeft { get; init; }

    public required int MaxUses { get; init; }

    public required IReadOnlyList<FieldModel> Fields { get; init; }

    /// <summary>The pages of the form; none for a form of one page.</summary>
    public IReadOnlyList<FormPage> Pages { get; init; } = [];

    /// <summary>Which page is shown, from 0; behind the last one stands the summary.</summary>
    public int Page { get; init; }

    /// <summary>Whether somebody just came there from another page of the form.</summary>
    public bool IsTurned { get; init; }

    public bool IsSummary => Pages.Count > 0 && Page >= Pages.Count;

    /// <summary>All answers, before they are sent.</summary>
    public IReadOnlyList<SummaryRow> Summary { get; init; } = [];

    public IReadOnlyList<InputProblem> Problems { get; init; } = [];

    public Notice? Notice { get; init; }

    /// <summary>What was typed into the form before this one, which did not count; none where there was none.</summary>
    public IReadOnlyList<UnsentAnswer> Unsent { get; init; } = [];

    /// <summary>Says that this form was on a page of ours, to whoever gets it back.</summary>
    public string? ShownMark { get; init; }

    public required string SubmissionKey { get; init; }

    public required string AntiforgeryToken { get; init; }

    public string? SubmitLabel { get; init; }

    public bool AllowReject { get; init; }

    /// <summary>Below which address an assignee takes the task, gives it back and hands it on; null where they do none of that.</summary>
    public string? RoutingAddress { get; init; }

    /// <summary>Whether it is theirs alone; null where there are no candidates.</summary>
    public bool? IsClaimed { get; init; }

    /// <summary>Whether they may hand it to somebody else.</summary>
    public bool MayDelegate { get; init; }

    /// <summary>To whom it was to be handed in vain, and with which note; null when nobody tried.</summary>
    public (string To, string Note)? Delegation { get; init; }

    public string? Reason { get; init; }

    public long MaxUploadBytes { get; init; }

    public long MaxSubmissionBytes { get; init; }

    public bool HasNumbers => Fields.Any(model => model.Field is Field.Number || (model.Field as Field.Table)?.Columns.Any(column => column is Field.Number) == true);

    /// <summary>The IANA time zone in which moments are typed; null where none is asked for.</summary>
    public string? Zone => Fields
        .SelectMany(model => model.Field is Field.Table table ? table.Columns : [model.Field])
        .OfType<Field.Moment>().FirstOrDefault(moment => moment.Kind == MomentKind.DateTime)?.Zone.Id;

    public bool HasFiles => Fields.Any(model => model.Field is Field.File);
}

/// <summary>An answer to an earlier round of the same task.</summary>
/// <param name="At">When it came.</param>
/// <param name="Answers">Labels and values; null for what was asked and not given.</param>
public sealed record EarlierRound(DateTimeOffset At, IReadOnlyList<(string Label, string? Value)> Answers);

/// <summary>An answer on the summary of a form with pages.</summary>
/// <param name="Page">Where it can be changed, from 0.</param>
/// <param name="Label">Of its field.</param>
/// <param name="Value">In words; null for none.</param>
public sealed record SummaryRow(int Page, string Label, string? Value);

/// <summary>Something that was typed and did not count.</summary>
/// <param name="Label">Of its field; the field's name for whoever may not know the form.</param>
/// <param name="Value">As it was typed, with options by their labels and files by their names.</param>
public sealed record UnsentAnswer(string Label, string Value);

/// <summary>Something to know about what was just sent.</summary>
public sealed record Notice(string Title, string Text);
