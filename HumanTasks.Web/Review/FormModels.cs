using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Forms.Types;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Creates the page of a task: prefilled, or with everything that was already typed.</summary>
internal sealed class FormModels(
    IRunStore store, EnvironmentCatalog environments, Brands brands, KeptFiles keptFiles, Drafts.Drafts drafts, IAntiforgery antiforgery, LinkTokens tokens, PublicBaseAddress publicAddress, LimitOptions limits, TimeProvider time)
{
    public FormModel Of(
        HttpContext context,
        TaskView task,
        Sent? sent = null,
        IReadOnlyList<InputProblem>? problems = null,
        Notice? notice = null,
        string? submissionKey = null,
        int page = 0)
    {
        var form = task.Question.Form();
        if (sent is { Language: { } written } && written != Languages.Current)
        {
            sent = sent with { Typed = TypedValues.Translated(form, sent.Typed, NumberTable.Of(written)) };
        }

        var visit = Visit.Of(context);
        var fields = form.Fields.Select(field => Model(task, form, field, sent, problems, visit)).ToArray();
        var values = ValuesOf(fields, sent);
        var visible = Visibility.Of(form, values);
        var asked = form.Fields.SelectMany(field => field.VisibleWhen?.Paths ?? []).Select(path => path.Root).ToHashSet(StringComparer.Ordinal);
        return new FormModel
        {
            Address = visit.Send,
            DraftAddress = visit.HasDrafts ? visit.Draft : null,
            IsDraftOfBrowser = visit.By is null && task.Uses.Max > 1,
            Asks = environments.Find(task.Environment)?.DisplayName ?? task.Environment,
            Title = task.Question.TitleIn(Languages.Current),
            TitleLanguage = Foreign.Of(task.Question.SpokenTitle(Languages.Current).Language, Languages.Current),
            Description = task.Question.DescriptionIn(Languages.Current),
            DescriptionLanguage = Foreign.Of(task.Question.SpokenDescription(Languages.Current)?.Language, Languages.Current),
            TaskLanguage = task.Question.Language,
            LinkHosts = task.Question.LinkHosts,
            Round = task.Question.CurrentRound.Number,
            ShownMark = PageMark.Of(tokens, task),
            Context = ShownContext.Of(task.Question),
            Host = (publicAddress.Find() is { } address ? address.Authority : context.Request.Host.ToString()),
            ExpiresAt = task.Schedule.ExpiresAt,
            Now = time.GetUtcNow(),
            UsesLeft = task.UsesLeft,
            MaxUses = task.Uses.Max,
            Fields = [.. fields.Select(field => field with
            {
                IsVisible = visible.Contains(field.Field.Name) || field.IsWrong,
                Json = asked.Contains(field.Field.Name) ? values[field.Field.Name]?.ToJsonString() ?? "null" : null,
                IsElsewhere = form.Pages.Count > 0
                    && (page >= form.Pages.Count || !form.Pages[page].Fields.Contains(field.Field.Name, StringComparer.Ordinal)),
            })],
            Pages = form.Pages,
            Page = page,
            IsTurned = sent?.Go is not null && problems is not { Count: > 0 },
            Summary = form.Pages.Count > 0 && page >= form.Pages.Count ? SummaryOf(form, fields, values, visible) : [],
            Problems = problems ?? [],
            Notice = notice,
            SubmissionKey = submissionKey ?? NewKey(),
            AntiforgeryToken = Token(context),
            SubmitLabel = form.SubmitLabel,
            SubmitLabelLanguage = form.SpokenSubmitLabel is { } label ? Foreign.Of(label.Language ?? task.Question.Language, Languages.Current) : null,
            AllowReject = task.Rights.AllowReject,
            RoutingAddress = visit.Only == TaskKind.HumanTask ? visit.Page : null,
            IsClaimed = task is { Seat: { } seat, Task.Asked: Asked.Several { Candidates: true } several } ? several.ClaimedBy == seat.Number : null,
            MayDelegate = task.Rights.DelegateTo is not null,
            Reason = sent?.Reason,
            MaxUploadBytes = limits.MaxUploadBytes,
            MaxSubmissionBytes = limits.MaxSubmissionBytes,
        };
    }

    /// <summary>
    /// Returns the page with the visitor's draft: at the step that was left, and saying that it is back if they typed anything;
    /// or at another step, on the way through the form.
    /// </summary>
    public async Task<FormModel> AsLeftAsync(HttpContext context, TaskView task, FormStep step)
    {
        var untouched = Of(context, task);
        if (await drafts.FindAsync(context, task) is not { } draft)
        {
            return untouched;
        }

        var sent = draft.ToSent() with { Rows = step.Rows };
        IReadOnlyList<InputProblem> problems = step.HasProblems
            ? [.. (draft.Problems ?? []).Select(problem => new InputProblem(problem.Field, JsonPointer.Append("/values", problem.Field), problem.Text))]
            : [];
        var model = Of(context, task, sent, problems, page: Math.Clamp(step.Page ?? draft.Page, 0, untouched.Pages.Count));
        if (!step.IsOpening)
        {
            return model with { IsTurned = step.Rows is null && problems.Count == 0 };
        }

        var isTyped = sent.Reason is not null || sent.Files.Count > 0
            || !JsonNode.DeepEquals(ValuesOf(model.Fields, sent), ValuesOf(untouched.Fields, null));
        return isTyped ? model with { DraftSavedAt = draft.SavedAt } : model;
    }

    /// <summary>Returns the model as a page of its own: with branding and the answers of earlier rounds.</summary>
    public async Task<FormModel> AsPageAsync(FormModel model, TaskView task, CancellationToken cancellationToken)
    {
        model = model with { Brand = await brands.OfAsync(task.Environment, cancellationToken) };
        return task.Question.Rounds.Count < 2 ? model : model with
        {
            Earlier =
            [
                .. (await store.ResponsesOfTaskAsync(task.Id, cancellationToken))
                    .Where(response => response.Round < task.Question.CurrentRound.Number && !response.Rejects)
                    .Select(response => new EarlierRound(response.At, Receipt.AnswersOf(task.Question, response))),
            ],
        };
    }

    /// <summary>Returns the summary of all answers before they are sent.</summary>
    private static IReadOnlyList<SummaryRow> SummaryOf(
        Form form, IReadOnlyList<FieldModel> fields, JsonObject values, IReadOnlySet<string> visible) =>
    [
        .. form.Pages.SelectMany((page, number) => page.Fields
            .Select(name => fields.First(field => field.Field.Name == name))
            .Where(field => field.Field.TakesInput && visible.Contains(field.Field.Name))
            .Select(field => new SummaryRow(number, field.Kept.Count > 0
                ? new GivenAnswer(field.Field.SpokenLabel(field.TaskLanguage), Punctuation.List(field.Kept.Select(file => Isolates.Around(file.Name))))
                : FieldFaces.Answer(field.Field, values[field.Field.Name], field.TaskLanguage)))),
    ];

    private FieldModel Model(
        TaskView task, Form form, Field field, Sent? sent, IReadOnlyList<InputProblem>? problems, Visit visit) => new()
        {
            LinkHosts = task.Question.LinkHosts,
            TaskLanguage = task.Question.Language,
            ContentAddress = field is Field.DisplayOnly { Markdown: null } display ? visit.ContentAddressOf(display) : null,
            Rows = field is Field.Table table ? RowsOf(task, table, sent, problems) : [],
            TouchedRow = field is Field.Table touched && sent?.Rows is { } wish ? TypedRows.Touched(touched, sent.Typed, wish) : null,
            Field = field,
            Values = sent is null || field.ReadOnly ? Prefilled(field) : sent.Typed.GetValueOrDefault(field.Name) ?? [],
            Kept = [.. (sent?.Files.GetValueOrDefault(field.Name) ?? []).Select(file =>
                new KeptFile(file.FileId, file.Name, file.Size, keptFiles.Seal(task.Id, field.Name, file)))],
            Error = problems?.FirstOrDefault(problem => problem.Field == field.Name)?.Isolated,
            IsWrong = problems?.Any(problem => problem.Field.Split('.')[0] == field.Name) == true,
            When = field.VisibleWhen?.ToJson("field").ToJsonString(),
            WhenText = FieldHints.OfCondition(field, form),
            Hint = FieldFaces.HintOf(field, limits),
        };

    private static IReadOnlyList<IReadOnlyList<FieldModel>> RowsOf(TaskView task, Field.Table table, Sent? sent, IReadOnlyList<InputProblem>? problems)
    {
        if (table.ReadOnly)
        {
            return [];
        }

        var typed = sent is null ? null : TypedRows.Of(table, sent.Typed);
        var prefilled = Field.Table.RowsOf(table.Value).ToArray();
        var count = typed?.Count ?? prefilled.Length;
        return
        [
            .. Enumerable.Range(0, Math.Max(count, Math.Max(table.MinRows, 1))).Select(row => (IReadOnlyList<FieldModel>)
            [
                .. table.Columns.Select(column => new FieldModel
                {
                    TaskLanguage = task.Question.Language,
                    Field = column with { Name = Field.Table.CellName(table.Name, row, column.Name) },
                    Values = typed is not null ? row < typed.Count ? typed[row].GetValueOrDefault(column.Name) ?? [] : Prefilled(column)
                        : row < prefilled.Length ? Prefilled(column with { Value = prefilled[row][column.Name]?.DeepClone() ?? column.Value })
                        : Prefilled(column),
                    Error = problems?.FirstOrDefault(problem => problem.Field == Field.Table.CellName(table.Name, row, column.Name))?.Isolated,
                }),
            ]),
        ];
    }

    private static IReadOnlyList<string> Prefilled(Field field) => field.Value is { } value ? FieldFaces.Of(field).ToTexts(field, value) : [];

    /// <summary>Returns the values that the page would send now; empty fields are absent.</summary>
    private static JsonObject ValuesOf(IEnumerable<FieldModel> fields, Sent? sent) => new(fields
        .Select(model => KeyValuePair.Create<string, JsonNode?>(model.Field.Name, model.Field switch
        {
            { ReadOnly: true } => model.Field.Value?.DeepClone(),
            Field.Table table => RowValues(table, model),
            Field.File file => FileValues(file, sent),
            _ => TypedValues.ToValue(model.Field, model.Values)
                ?? FieldFaces.Of(model.Field).Untouched(model.Field),
        }))
        .Where(value => value.Value is not null));

    private static JsonNode? FileValues(Field.File field, Sent? sent) => sent?.Files.GetValueOrDefault(field.Name) switch
    {
        null or [] => null,
        [var only] when !field.Multiple => only.ToJson(),
        var files => new JsonArray([.. files.Select(file => file.ToJson())]),
    };

    private static JsonArray? RowValues(Field.Table table, FieldModel model)
    {
        var rows = model.Rows
            .Select(row => new JsonObject(row
                .Select((cell, column) => KeyValuePair.Create(
                    table.Columns[column].Name,
                    TypedValues.ToValue(table.Columns[column], cell.Values, prefilled: TypedRows.Prefilled(table, table.Columns[column]))))
                .Where(cell => cell.Value is not null)))
            .Where(row => !Field.Table.IsEmptyRow(row))
            .ToArray();
        return rows.Length > 0 ? new JsonArray([.. rows]) : null;
    }

    private string Token(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) ? "" : antiforgery.GetAndStoreTokens(context).RequestToken ?? "";

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
