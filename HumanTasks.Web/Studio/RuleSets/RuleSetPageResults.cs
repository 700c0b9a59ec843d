using System.Text.Json;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>What the page of a rule set shows besides stored data.</summary>
internal sealed record RuleSetPageState
{
    /// <summary>The definition as it was typed; null for the stored one.</summary>
    public string? Text { get; init; }

    /// <summary>The actions of the typed definition; null for those of the stored one.</summary>
    public IReadOnlyList<RuleAction>? Actions { get; init; }

    public IReadOnlyList<LineProblem> Problems { get; init; } = [];

    /// <summary>The name of the action whose form is shown.</summary>
    public string? Form { get; init; }

    /// <summary>The sample context that was sent; null for the kept one.</summary>
    public string? Sample { get; init; }

    /// <summary>The context of a run that was not started.</summary>
    public string Context { get; init; } = SampleContexts.None;

    /// <summary>Whether the preview is as wide as a phone.</summary>
    public bool IsPhone { get; init; }

    /// <summary>The language of the preview; null for the member's.</summary>
    public string? Language { get; init; }

    public string? Said { get; init; }

    public string? Problem { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;
}

/// <summary>Shows the page of a rule set: its editor, the preview of its forms, its versions and its runs.</summary>
internal sealed class RuleSetPageResults(
    IRuleSetStore store, IRunStore runs, EnvironmentCatalog environments, FormModels models, SampleContexts samples, TimeProvider time)
{
    private const int MaxVersions = 20;
    private const int MaxRuns = 8;

    public async Task<IResult> ShowAsync(HttpContext context, string name, int? version, RuleSetPageState shown)
    {
        var environment = environments.Get(context.User.EnvironmentId());
        if (await store.FindRuleSetAsync(environment.Id, name, null, context.RequestAborted) is not { } newest
            || (version is null ? newest : await store.FindRuleSetAsync(environment.Id, name, version, context.RequestAborted)) is not { } stored)
        {
            return Workspace.NotFound(context);
        }

        var last = context.User.May(Scopes.Runs, reading: true)
            ? (await runs.ListRunsAsync(new RunQuery(environment.Id, MaxRuns, RuleSet: name), context.RequestAborted)).Items
            : [];
        var sample = shown.Sample ?? await samples.OfAsync(context, name, last.Count > 0 ? last[0] : null);
        var text = RuleSetText.Pretty(stored.Definition);
        IReadOnlyList<LineProblem> hints = shown.Problems.Count == 0
            ? await RuleSetText.Read(shown.Text ?? text, name, environment).HintsAsync(shown.Text ?? text, store, environment, context.RequestAborted)
            : [];

        // for the preview, whatever the page's own language
        RequestLanguage.SpeakLanguageOfReader(context);
        RequestLanguage.GoOn(context, shown.Language);
        return Workspace.Show<RuleSetPage>(
            context,
            shown.Status,
            (nameof(RuleSetPage.Stored), stored),
            (nameof(RuleSetPage.Newest), newest.Version),
            (nameof(RuleSetPage.Text), shown.Text ?? text),
            (nameof(RuleSetPage.Problems), shown.Problems),
            (nameof(RuleSetPage.Hints), hints),
            (nameof(RuleSetPage.Preview), PreviewOf(context, environment, stored, text, sample, shown)),
            (nameof(RuleSetPage.Context), shown.Context),
            (nameof(RuleSetPage.Runs), last),
            (nameof(RuleSetPage.Versions), await VersionsAsync(context, environment.Id, name, newest.Version)),
            (nameof(RuleSetPage.Said), shown.Said),
            (nameof(RuleSetPage.Problem), shown.Problem));
    }

    private RuleSetPreview PreviewOf(
        HttpContext context, RunEnvironment environment, StoredRuleSet stored, string text, string sample, RuleSetPageState shown)
    {
        var isUnsaved = shown.Actions is not null && shown.Text?.ReplaceLineEndings("\n") != text;
        RuleAction[] asking = [.. (isUnsaved ? shown.Actions! : ActionsOf(stored)).Where(action => TaskPreview.RequestOf(action) is not null)];
        var seen = asking.FirstOrDefault(action => action.Name == shown.Form) ?? asking.FirstOrDefault();
        var (given, problem) = RuleSetPages.ReadContext(sample);
        var preview = seen is not null && given is not null
            ? TaskPreview.Of(seen, given, stored.Name, environment, time.GetUtcNow())
            : null;
        var page = RuleSetPages.PathOf(context, stored.Name);
        context.Features.Set(new Visit
        {
            Claim = null,
            Page = page,
            Send = "#preview",
            Shows = field => isUnsaved ? null : PreviewFiles.AddressOf(page, stored.Version, seen?.Name, sample, field),
        });
        return new RuleSetPreview
        {
            Asking = asking,
            Shown = seen,
            Form = preview?.Task is { } task ? models.Of(context, TaskView.Of(task)) : null,
            Missing = preview?.Missing ?? [],
            Context = sample,
            Problem = problem ?? preview?.Problem,
            IsPhone = shown.IsPhone,
            IsUnsaved = isUnsaved,
        };
    }

    private static IReadOnlyList<RuleAction> ActionsOf(StoredRuleSet stored)
    {
        using var document = JsonDocument.Parse(stored.Definition);
        return RuleSet.Load(stored.Name, stored.Version, document.RootElement.Clone()).Actions;
    }

    private async Task<IReadOnlyList<StoredRuleSet>> VersionsAsync(HttpContext context, string environment, string name, int newest)
    {
        List<StoredRuleSet> versions = [];
        for (var number = newest; number > Math.Max(0, newest - MaxVersions); number--)
        {
            if (await store.FindRuleSetAsync(environment, name, number, context.RequestAborted) is { } one)
            {
                versions.Add(one);
            }
        }

        return versions;
    }
}
