using System.Security.Claims;
using HumanTasks.Core;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Tasks;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Search;

/// <summary>Looks for a text in the runs, tasks and rule sets of all environments of a member, by their role in each.</summary>
internal sealed class StudioSearch(IRunStore store, RuleSetNames ruleSets, RuleSetCatalog catalog, Members members)
{
    /// <summary>The maximum length of a text, in characters.</summary>
    public const int MaxText = 200;

    private const int Most = 10;
    private const int MaxEnvironments = 20;

    public async Task<IReadOnlyList<SearchResults>> FindAsync(HttpContext context, string text)
    {
        var address = context.User.MemberAddress()!;
        var found = await Task.WhenAll(members.Of(address).Take(MaxEnvironments).Select(membership => FindAsync(context, membership, address, text)));
        return [.. found.Where(results => !results.IsEmpty)];
    }

    private async Task<SearchResults> FindAsync(HttpContext context, Membership membership, string address, string text)
    {
        var (environment, stop) = (membership.Environment, context.RequestAborted);
        var member = new ClaimsPrincipal(new ClaimsIdentity(RoleClaims.Of(membership.Member.Role, address)));
        var runs = member.May(Scopes.Runs, reading: true)
            ? await store.ListRunsAsync(new RunQuery(environment.Id, Most) { Text = text, WithoutInternal = true }, stop)
            : new Page<Core.Runs.Run>([], null);
        var tasks = environment.HumanTasks && member.May(Scopes.Tasks, reading: true)
            ? await TasksAsync(member.VisibleTo())
            : new Page<HumanTask>([], null);
        var names = member.May(Scopes.RuleSets, reading: true) ? await NamesAsync() : [];
        return new SearchResults(
            environment,
            runs.Items,
            [.. tasks.Items.Select(task => WatchedSecrets.InList(context, task))],
            [.. names],
            runs.Next is not null,
            tasks.Next is not null);

        // the names are kept for a minute; one that was saved since is found by its whole name
        async Task<IEnumerable<string>> NamesAsync()
        {
            var known = await ruleSets.OfAsync(environment.Id, stop);
            var exact = RuleSetName.IsValid(text) && await catalog.FindAsync(environment.Id, text, null, stop) is { } found ? [found.Name] : Array.Empty<string>();
            return exact.Union(known.Where(name => RuleSetName.IsValid(name) && NameWords.Begin(NameWords.Of(name), text)), StringComparer.Ordinal).Take(Most);
        }

        async Task<Page<HumanTask>> TasksAsync(string? visibleTo)
        {
            var id = text.ToLowerInvariant();
            if (HumanTask.RunIdOf(text) is not null || Ids.IsId(id))
            {
                var ofRun = await store.ListTasksAsync(
                    new TaskQuery(environment.Id, Most, RunId: HumanTask.RunIdOf(text) ?? id) { VisibleTo = visibleTo, Watches = true }, stop);
                return ofRun with { Items = [.. ofRun.Items.Where(task => task.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase))] };
            }

            return await store.ListTasksAsync(new TaskQuery(environment.Id, Most, Text: text) { VisibleTo = visibleTo, Watches = true }, stop);
        }
    }
}
