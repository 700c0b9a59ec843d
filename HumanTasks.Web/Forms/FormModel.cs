using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms;

/// <summary>Everything that the review page shows.</summary>
public sealed record FormModel
{
    private const int ColumnsThatFit = 4;

    /// <summary>The address that the form is sent to.</summary>
    public required string Address { get; init; }

    /// <summary>The address that saves drafts; null without drafts.</summary>
    public string? DraftAddress { get; init; }

    /// <summary>Whether each browser has its own draft, which it finds by a cookie.</summary>
    public bool IsDraftOfBrowser { get; init; }

    /// <summary>When the shown draft was saved; null for a form without a draft.</summary>
    public DateTimeOffset? DraftSavedAt { get; init; }

    /// <summary>The sender's branding; null within a page that has its own.</summary>
    public Branding.Brand? Brand { get; init; }

    /// <summary>The sender's name.</summary>
    public required string Asks { get; init; }

    public required string Title { get; init; }

    /// <summary>The <c>lang</c> of the title where it is another one than the page's.</summary>
    public string? TitleLanguage { get; init; }

    public string? Description { get; init; }

    /// <summary>The <c>lang</c> of the description where it is another one than the page's.</summary>
    public string? DescriptionLanguage { get; init; }

    /// <summary>The only hosts that links of the description may lead to; null for any.</summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>The round of the task, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The answers of earlier rounds, oldest first.</summary>
    public IReadOnlyList<EarlierRound> Earlier { get; init; } = [];

    public required ShownContext Context { get; init; }

    /// <summary>The host name that the address bar shows when this page is genuine.</summary>
    public required string Host { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required int UsesLeft { get; init; }

    public required int MaxUses { get; init; }

    public required IReadOnlyList<FieldModel> Fields { get; init; }

    /// <summary>The pages of the form; empty for a form with one page.</summary>
    public IReadOnlyList<FormPage> Pages { get; init; } = [];

    /// <summary>The page that is shown, from 0; the summary follows the last one.</summary>
    public int Page { get; init; }

    /// <summary>Whether the visitor just came from another page of the form.</summary>
    public bool IsTurned { get; init; }

    public bool IsSummary => Pages.Count > 0 && Page >= Pages.Count;

    /// <summary>The summary of all answers before they are sent.</summary>
    public IReadOnlyList<SummaryRow> Summary { get; init; } = [];

    public IReadOnlyList<InputProblem> Problems { get; init; } = [];

    public Notice? Notice { get; init; }

    /// <summary>What was typed into the previous form and was not accepted; empty without one.</summary>
    public IReadOnlyList<UnsentAnswer> Unsent { get; init; } = [];

    /// <summary>The proof that one of our pages showed this form.</summary>
    public string? ShownMark { get; init; }

    public required string SubmissionKey { get; init; }

    public required string AntiforgeryToken { get; init; }

    public string? SubmitLabel { get; init; }

    /// <summary>The <c>lang</c> of the button's label where it is another one than the form's.</summary>
    public string? SubmitLabelLanguage { get; init; }

    /// <summary>In which the author's texts are where they have only one each; null where nobody said.</summary>
    public string? TaskLanguage { get; init; }

    public bool AllowReject { get; init; }

    /// <summary>
    /// The address below which an assignee claims, releases and delegates the task; null if they can do none of it.
    /// </summary>
    public string? RoutingAddress { get; init; }

    /// <summary>Whether the assignee has claimed the task; null without candidates.</summary>
    public bool? IsClaimed { get; init; }

    /// <summary>Whether the assignee may delegate the task.</summary>
    public bool MayDelegate { get; init; }

    /// <summary>The address and note of a delegation that was refused; null without one.</summary>
    public (string To, string Note)? Delegation { get; init; }

    public string? Reason { get; init; }

    public long MaxUploadBytes { get; init; }

    public long MaxSubmissionBytes { get; init; }

    public bool HasNumbers => Fields.Any(model => model.Field is Field.Number || (model.Field as Field.Table)?.Columns.Any(column => column is Field.Number) == true);

    /// <summary>The IANA time zone of date and time inputs; null without such inputs.</summary>
    public string? Zone => Fields
        .SelectMany(model => model.Field is Field.Table table ? table.Columns : [model.Field])
        .OfType<Field.Moment>().FirstOrDefault(moment => moment.Kind == MomentKind.DateTime)?.Zone.Id;

    /// <summary>Whether a table on the shown page has more columns than fit beside other things.</summary>
    public bool HasWideTable => Fields.Any(model => model is { IsElsewhere: false, Field: Field.Table { Columns.Count: > ColumnsThatFit } });

    public bool HasFiles => Fields.Any(model => model.Field is Field.File);
}
