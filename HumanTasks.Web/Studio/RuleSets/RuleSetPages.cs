using System.Text.Json;
using System.Text.Json.Nodes;
using DiffPlex.DiffBuilder;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>The pages of rule sets: list, editor, versions, previews and manual start.</summary>
internal static class RuleSetPages
{
    private const int PageSize = 50;

    /// <summary>The definition of a new rule set.</summary>
    private static string Beginning => $$"""
        {
          "actions": [
            {
              "type": "humanIntervention",
              "name": "ask",
              "title": "{{StudioAdminTexts.Get("SampleTitle")}}",
              "form": {
                "fields": [
                  { "name": "right", "type": "boolean", "label": "{{StudioAdminTexts.Get("SampleLabel")}}", "required": true }
                ]
              },
              "continuation": { "ruleSet": "NAME-OF-RULE-SET" },
              "linkExpirationHours": 24
            }
          ]
        }
        """;

    public static void MapRuleSetPages(this RouteGroupBuilder studio)
    {
        studio.MapMethods("/new-rule-set", ["GET", "HEAD"], New).RequireAuthorization(Scopes.RuleSets).InEnglishOrGerman();
        studio.MapPost("/new-rule-set", CreateAsync).RequireAuthorization(Scopes.RuleSets).InEnglishOrGerman().DisableAntiforgery();
        studio.MapPost("/check-rule-set", CheckAsync).RequireAuthorization(Scopes.RuleSets).InEnglishOrGerman().DisableAntiforgery();
        var ruleSets = studio.MapGroup("/rule-sets").RequireAuthorization(Scopes.RuleSets).InEnglishOrGerman();
        ruleSets.MapMethods("", ["GET", "HEAD"], ListAsync);
        ruleSets.MapMethods("/{name}", ["GET", "HEAD"], ShowAsync);
        ruleSets.MapPost("/{name}", SaveAsync).DisableAntiforgery();
        ruleSets.MapPost("/{name}/check", CheckAsync).DisableAntiforgery();
        ruleSets.MapMethods("/{name}/changes", ["GET", "HEAD"], ChangesAsync);
        ruleSets.MapPost("/{name}/preview", PreviewAsync).DisableAntiforgery();
        ruleSets.MapMethods("/{name}/shown/{field}", ["GET", "HEAD"], PreviewFiles.ShowAsync);
        ruleSets.MapPost("/{name}/start", StartAsync).RequireAuthorization(Scopes.Runs).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRuleSetStore store, IRunStore runs)
    {
        var environment = context.User.EnvironmentId();
        var page = await store.ListRuleSetsAsync(environment, Workspace.Text(context.Request.Query["cursor"]), PageSize, context.RequestAborted);
        List<(StoredRuleSet, Run?)> items = [];
        foreach (var ruleSet in page.Items)
        {
            var last = await runs.ListRunsAsync(new RunQuery(environment, 1, RuleSet: ruleSet.Name), context.RequestAborted);
            items.Add((ruleSet, last.Items.Count > 0 ? last.Items[0] : null));
        }

        return Workspace.Page<RuleSetListPage>(
            context, null, (nameof(RuleSetListPage.Items), items), (nameof(RuleSetListPage.Next), page.Next));
    }

    private static IResult New(HttpContext context) =>
        Workspace.Page<NewRuleSetPage>(context, null, (nameof(NewRuleSetPage.Text), Beginning));

    private static async Task<IResult> CreateAsync(HttpContext context, IRuleSetStore store, EnvironmentCatalog environments, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, text) = (form["name"].ToString().Trim(), form["definition"].ToString());
        var environment = environments.Get(context.User.EnvironmentId());
        var read = RuleSetText.Read(text, name, environment);
        if (read.Actions is not null && form["do"] != "check"
            && await store.FindRuleSetAsync(environment.Id, name, null, context.RequestAborted) is not null)
        {
            read = read with { Actions = null, Problems = [new LineProblem(1, "/name", StudioAdminTexts.Get("NameTaken", name))] };
        }

        if (read.Actions is null || form["do"] == "check")
        {
            return Workspace.Show<NewRuleSetPage>(
                context,
                read.Problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
                (nameof(NewRuleSetPage.Text), text),
                (nameof(NewRuleSetPage.Name), name),
                (nameof(NewRuleSetPage.Problems), read.Problems));
        }

        await RuleSetSaving.SaveAsync(
            store, environment.Id, name, read.Document!.Value, time.GetUtcNow(), context.User.ActorName(), context.RequestAborted);
        return new SeeOther($"{PathOf(context, name)}?said=saved");
    }

    /// <summary>Returns the problems of a definition with their lines, for the editor's script.</summary>
    private static async Task<IResult> CheckAsync(HttpContext context, IRuleSetStore store, EnvironmentCatalog environments)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = context.Request.RouteValues["name"] as string ?? form["name"].ToString().Trim();
        var environment = environments.Get(context.User.EnvironmentId());
        var text = form["definition"].ToString();
        var read = RuleSetText.Read(text, name.Length > 0 ? name : "new", environment);
        return TypedResults.Json(
            new CheckAnswer(read.Problems, await read.HintsAsync(text, store, environment, context.RequestAborted)), StudioJson.Default.CheckAnswer);
    }

    private static async Task<IResult> ShowAsync(
        string name, HttpContext context, RuleSetPageResults page)
    {
        var query = context.Request.Query;
        int? version = int.TryParse(Workspace.Text(query["version"]), out var wanted) ? wanted : null;
        return await page.ShowAsync(context, name, version, new RuleSetPageState
        {
            Form = Workspace.Text(query["form"]),
            Said = query["said"] == "saved" ? StudioAdminTexts.Get("SaidRuleSetSaved") : null,
        });
    }

    private static async Task<IResult> SaveAsync(
        string name, HttpContext context, IRuleSetStore store, EnvironmentCatalog environments, RuleSetPageResults page, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var text = form["definition"].ToString();
        var environment = environments.Get(context.User.EnvironmentId());
        var read = RuleSetText.Read(text, name, environment);
        if (read.Actions is null || form["do"] == "check")
        {
            return await page.ShowAsync(context, name, null, new RuleSetPageState
            {
                Text = text,
                Problems = read.Problems,
                Said = read.Problems.Count == 0 ? StudioAdminTexts.Get("SaidChecked") : null,
                Status = read.Problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            });
        }

        await RuleSetSaving.SaveAsync(
            store, environment.Id, name, read.Document!.Value, time.GetUtcNow(), context.User.ActorName(), context.RequestAborted);
        return new SeeOther($"{PathOf(context, name)}?said=saved");
    }

    private static async Task<IResult> ChangesAsync(string name, HttpContext context, IRuleSetStore store)
    {
        var query = context.Request.Query;
        if (!int.TryParse(Workspace.Text(query["to"]), out var to)
            || !int.TryParse(Workspace.Text(query["from"]) ?? $"{to - 1}", out var from)
            || await store.FindRuleSetAsync(context.User.EnvironmentId(), name, to, context.RequestAborted) is not { } newer
            || await store.FindRuleSetAsync(context.User.EnvironmentId(), name, from, context.RequestAborted) is not { } older)
        {
            return Workspace.NotFound(context);
        }

        var diff = InlineDiffBuilder.Diff(RuleSetText.Pretty(older.Definition), RuleSetText.Pretty(newer.Definition));
        return Workspace.Page<ChangesPage>(
            context,
            null,
            (nameof(ChangesPage.Name), name),
            (nameof(ChangesPage.From), from),
            (nameof(ChangesPage.To), to),
            (nameof(ChangesPage.Lines), diff.Lines));
    }

    /// <summary>Shows the preview with a sample context, which is kept for the member, and with what the editor holds.</summary>
    private static async Task<IResult> PreviewAsync(
        string name, HttpContext context, EnvironmentCatalog environments, RuleSetPageResults page, SampleContexts samples)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        int? version = int.TryParse(form["version"].ToString(), out var wanted) ? wanted : null;
        var typed = Workspace.Text(form["definition"]);
        var read = typed is null ? null : RuleSetText.Read(typed, name, environments.Get(context.User.EnvironmentId()));
        var sample = form["context"].ToString();
        if (ReadContext(sample).Context is not null)
        {
            await samples.KeepAsync(context, name, sample);
        }

        return await page.ShowAsync(context, name, version, new RuleSetPageState
        {
            Text = typed,
            Actions = read?.Actions,
            Problems = read?.Problems ?? [],
            Form = form["form"].ToString(),
            Sample = sample,
            IsPhone = form["width"] == "phone",
            Language = Languages.Of(form["language"].ToString()),
        });
    }

    private static async Task<IResult> StartAsync(
        string name,
        HttpContext context,
        RunOperations operations,
        RuleSetCatalog ruleSets,
        EnvironmentCatalog environments,
        RuleSetPageResults page,
        SampleContexts samples,
        TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var environment = environments.Get(context.User.EnvironmentId());
        var (text, correlationId) = (form["context"].ToString(), form["correlationId"].ToString().Trim());
        var (given, problem) = ReadContext(text);
        if (correlationId.Length > RequestMembers.MaxCorrelationId || correlationId.Any(character => character is < ' ' or > '~'))
        {
            problem = StudioAdminTexts.Get("CorrelationInvalid");
        }

        if (problem is null && await ruleSets.FindAsync(environment.Id, name, null, context.RequestAborted) is { } ruleSet)
        {
            var verdict = await operations.StartAsync(
                new StartRequest(Ids.New(time.GetUtcNow()), environment, ruleSet, given!, correlationId.Length > 0 ? correlationId : null)
                {
                    By = context.User.ActorName(),
                },
                context.RequestAborted);
            if (verdict is StartVerdict.Started started)
            {
                await samples.KeepAsync(context, name, text);
                return new SeeOther($"{context.Request.PathBase}/studio/{environment.Id}/runs/{started.Run.Id}");
            }

            problem = AdHocRuns.Refusal(verdict).ProblemDetails is var details
                ? (verdict as StartVerdict.Invalid)?.Message ?? details.Detail ?? details.Title
                : null;
        }

        return await page.ShowAsync(context, name, null, new RuleSetPageState
        {
            Context = text,
            Problem = problem is null ? null : StudioAdminTexts.Get("RunNotStarted", problem),
            Status = StatusCodes.Status422UnprocessableEntity,
        });
    }

    internal static (JsonObject? Context, string? Problem) ReadContext(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ([], null);
        }

        try
        {
            if (JsonNode.Parse(text, documentOptions: ApiRequest.Strict) is not JsonObject context)
            {
                return (null, StudioAdminTexts.Get("ContextNotObject"));
            }

            var problems = new Problems();
            DecimalRange.Check(JsonSerializer.SerializeToElement(context, ValueJson.Default.JsonObject), "", problems);
            return problems.Count > 0 ? (null, $"{problems[0].Pointer}: {problems[0].Message}") : (context, null);
        }
        catch (JsonException problem)
        {
            return (null, StudioAdminTexts.Get("ContextNotJson", problem.Message));
        }
    }

    internal static string PathOf(HttpContext context, string name) =>
        $"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/rule-sets/{name}";
}
