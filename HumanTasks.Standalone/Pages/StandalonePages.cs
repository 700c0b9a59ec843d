using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Standalone.Pages;

/// <summary>The start page for new users, which only this host has.</summary>
internal static class StandalonePages
{
    private const int Most = 200;

    public static void MapStandalonePages(this IEndpointRouteBuilder app) => app
        .MapGroup("/")
        .WithBrowserSecurity(ErrorPages.CrossSite)
        .InLanguageOfMember()
        .ExcludeFromDescription()
        .InEnglishOrGerman()
        .MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(
        IRunStore store,
        IServiceProvider services,
        EnvironmentCatalog environments,
        PublicBaseAddress address,
        CancellationToken cancellationToken)
    {
        // counts are for developers: outside development this page shows none
        var state = services.GetService<IOutbox>() is { } outbox
            ? new HomeState(
                await CountAsync(RunStatus.Paused),
                await CountAsync(RunStatus.Failed),
                (await outbox.ListAsync(cancellationToken)).Count)
            : null;
        return new RazorComponentResult<HomePage>(new Dictionary<string, object?>
        {
            [nameof(HomePage.State)] = state,
            [nameof(HomePage.Address)] = address.Get().ToString().TrimEnd('/'),
        });

        async Task<string> CountAsync(RunStatus status)
        {
            var count = 0;
            foreach (var environment in environments.All)
            {
                var page = await store.ListRunsAsync(new RunQuery(environment.Id, Most, Status: status), cancellationToken);
                count += page.Items.Count;
            }

            return count < Most ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : StudioAdminTexts.Get("HomeOrMore", Most);
        }
    }
}

/// <summary>The counts on the start page.</summary>
public sealed record HomeState(string Waiting, string Failed, int Mails);
