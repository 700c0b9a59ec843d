using System.Globalization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Standalone.Start;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;

namespace HumanTasks.Standalone.Pages;

/// <summary>Reads what the start page shows in development: counts, the demonstration, and whether a member looks.</summary>
internal sealed class HomeReader(
    IRunStore store, RuleSetCatalog ruleSets, RunOperations operations, EnvironmentCatalog environments, IHostEnvironment host, IServiceProvider services)
{
    private const int Most = 200;

    /// <summary>Returns null outside development: the page is public, and counts are for developers.</summary>
    public async Task<HomeState?> ReadAsync(HttpContext context)
    {
        if (!host.IsDevelopment())
        {
            return null;
        }

        var cancellationToken = context.RequestAborted;
        var mails = services.GetService<IOutbox>() is { } outbox ? (await outbox.ListAsync(cancellationToken)).Count : (int?)null;
        return new HomeState(await CountAsync(RunStatus.Paused, cancellationToken), await CountAsync(RunStatus.Failed, cancellationToken), mails)
        {
            Demonstration = await DemonstrationAsync(cancellationToken),
            IsSignedIn = context.User.IsMember(),
        };
    }

    private async Task<DemonstrationState?> DemonstrationAsync(CancellationToken cancellationToken)
    {
        var environment = environments.All.First().Id;
        var runs = await store.ListRunsAsync(
            new RunQuery(environment, Most, RuleSet: FirstStart.Demonstration, CorrelationId: FirstStart.CorrelationId), cancellationToken);
        return runs.Items is [.., var run] // the oldest: the first start began it before anybody could use its names
            && await ruleSets.FindAsync(environment, FirstStart.Demonstration, run.RuleSetVersion, cancellationToken) is { } ruleSet
            && operations.LinksOf(run, ruleSet).Values.FirstOrDefault() is { } link
                ? new DemonstrationState(run.State.Status, link)
                : null;
    }

    private async Task<string> CountAsync(RunStatus status, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var environment in environments.All)
        {
            count += (await store.ListRunsAsync(new RunQuery(environment.Id, Most, Status: status), cancellationToken)).Items.Count;
        }

        return count < Most ? count.ToString(CultureInfo.InvariantCulture) : StudioAdminTexts.Get("HomeOrMore", Most);
    }
}
