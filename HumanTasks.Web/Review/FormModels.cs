using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Makes the page of a task: as it was prefilled, or with everything that somebody already typed.</summary>
internal sealed class FormModels(
    IRunStore store, EnvironmentCatalog environments, Brands brands, KeptFiles keptFiles, IAntiforgery antiforgery, PublicBaseAddress publicAddress, LimitOptions limits, TimeProvider time)
{
    public FormModel Of(
        HttpContext context,
        HumanTask task,
        Sent? sent = null,
        IReadOnlyList<InputProblem>? problems = null,
        Notice? notice = null,
        string? submissionKey = null)
    {
        var form = task.Form();
        var fields = form.Fields.Select(field => Model(task, form, field, sent, problems)).ToArray();
        var visible = Visibility.Of(form, ValuesOf(fields));
        return new FormModel
        {
            Address = Visit.Of(context).Send,
            DraftAddress = Visit.Of(context) is { HasDrafts: true } visit ? visit.Draft : null,
            Asks = environments.Find(task.Environment)?.DisplayName ?? task.Environment,
            Title = task.Title,
            Description = task.Description,
            LinkHosts = task.LinkHosts,
            Round = task.CurrentRound.Number,
            Context = ShownContext.Of(task),
            Host = (publicAddress.Find() is { } address ? address.Authority : context.Request.Host.ToString()),
            ExpiresAt = task.ExpiresAt,
            Now = time.GetUtcNow(),
            UsesLeft = task.UsesLeft,
            MaxUses = task.MaxUses,
            Fields = [.. fields.Select(field => field with
            {
                IsVisible = visible.Contains(field.Field.Name) || field.Error is not null,
            })],
            Problems = problems ?? [],
            Notice = notice,
            SubmissionKey = submissionKey ?? NewKey(),
            AntiforgeryToken = Token(context),
            SubmitLabel = form.SubmitLabel,
            AllowReject = task.AllowReject,
            RoutingAddress = Visit.Of(context) is { Only: TaskKind.HumanTask } routed ? routed.Page : null,
            IsClaimed = task is { Seat: { } seat, Whole.Routing: { Candidates: true } routing } ? routing.ClaimedBy == seat.Number : null,
            MayDelegate = task.DelegateTo is not null,
            Reason = sent?.Reason,
            MaxUploadBytes = limits.MaxUploadBytes,
            MaxSubmissionBytes = limits.MaxSubmissionBytes,
        };
    }

    /// <summary>The same as a page of its own: with how who asks looks, and what the task's earlier rounds were answered.</summary>
    public async Task<FormModel> AsPageAsync(FormModel model, HumanTask task, CancellationToken cancellationToken)
    {
        model = model with { Brand = await brands.OfAsync(task.Environment, cancellationToken) };
        return task.Rounds.Count < 2 ? model : model with
        {
            Earlier =
            [
                .. (await store.ResponsesOfTaskAsync(task.Id, cancellationToken))
                    .Where(response => response.Round < task.CurrentRound.Number && !response.Rejects)
                    .Select(response => new EarlierRound(response.At, Receipt.AnswersOf(task, response))),
            ],
        };
    }

    private FieldModel Model(
        HumanTask task, Form form, Field field, Sent? sent, IReadOnlyList<InputProblem>? problems) => new()
        {
            Field = field,
            Values = sent is null || field.ReadOnly ? Prefilled(field) : sent.Typed.GetValueOrDefault(field.Name) ?? [],
            Kept = [.. (sent?.Files.GetValueOrDefault(field.Name) ?? []).Select(file =>
                new KeptFile(file.FileId, file.Name, file.Size, keptFiles.Seal(task.Id, field.Name, file)))],
            Error = problems?.FirstOrDefault(problem => problem.Field == field.Name)?.Message,
            When = RawCondition(form, field),
            WhenText = FieldHints.OfCondition(field, form),
            Hint = FieldHints.Of(field, limits),
        };

    private static IReadOnlyList<string> Prefilled(Field field) => (field, field.Value) switch
    {
        (_, null) => [],
        (Field.MultiChoice, JsonArray list) => [.. list.Select(JsonValues.Format)],
        (Field.Moment moment, var value) when Moments.TryNormalize(moment.Kind, JsonValues.Format(value), moment.Zone, out var normal) =>
            [normal],
        (_, var value) => [JsonValues.Format(value)],
    };

    private static JsonObject ValuesOf(IEnumerable<FieldModel> fields)
    {
        var values = new JsonObject();
        foreach (var model in fields)
        {
            values[model.Field.Name] = model.Field.ReadOnly
                ? model.Field.Value?.DeepClone()
                : TypedValues.ToValue(model.Field, model.Values)
                    ?? (model.Field is Field.Boolean { Required: false } ? JsonValue.Create(false) : null);
        }

        return values;
    }

    private static string? RawCondition(Form form, Field field)
    {
        if (field.VisibleWhen is null)
        {
            return null;
        }

        var definition = form.Definition.GetProperty("fields").EnumerateArray()
            .First(item => item.GetProperty("name").GetString() == field.Name);
        return definition.GetProperty("visibleWhen").GetRawText();
    }

    private string Token(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) ? "" : antiforgery.GetAndStoreTokens(context).RequestToken ?? "";

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
