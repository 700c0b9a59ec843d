using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Client;
using HumanTasks.Tests.Functions.Hosting;
using HumanTasks.Tests.Functions.Storage;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;

namespace HumanTasks.Tests.Functions;

/// <summary>The acceptance suite once more, on tables and blobs. A class of it is one line here.</summary>
[CollectionDefinition(Name)]
public sealed class TableSuite : ICollectionFixture<TableDeployment>
{
    public const string Name = "Acceptance on tables";
}

/// <summary>A host over the Azure host's own adapters.</summary>
public sealed class TableDeployment : Deployment
{
    private TableHost? host;

    public override async Task InitializeAsync()
    {
        if (Azurite.Missing is null)
        {
            host = await TableHost.StartAsync(new HostSettings());
            Address = host.Address;
            Api = new ApiClient(Address, host.ApiKey);
            Anybody = new ApiClient(Address);
        }
    }

    public override async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}

/// <summary>The same with members.</summary>
public sealed class TableStudio : StudioHost
{
    private TableHost? host;

    private protected override async Task<(Uri Address, string Key)> StartAsync()
    {
        host = await TableHost.StartAsync(Settings);
        return (host.Address, host.ApiKey);
    }

    public override async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}

/// <summary>The same with models.</summary>
public sealed class TableAgents : AgentDeployment
{
    private TableHost? host;

    public override Task InitializeAsync() => Azurite.Missing is null ? base.InitializeAsync() : Task.CompletedTask;

    public override async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private protected override async Task<(Uri Address, string Key)> StartHostAsync(HostSettings settings)
    {
        host = await TableHost.StartAsync(settings);
        return (host.Address, host.ApiKey);
    }
}

[NeedsAzurite]
public sealed class LettingAnAgentAskOnTables(TableAgents deployment) : LettingAnAgentAsk(deployment), IClassFixture<TableAgents>;

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class AnsweringALinkOnTables(TableDeployment deployment) : AnsweringALink(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class AskingAPersonOnTables(TableDeployment deployment) : AskingAPerson(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class AskingForATimeOnTables(TableDeployment deployment) : AskingForATime(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class AskingOverMcpOnTables(TableDeployment deployment) : AskingOverMcp(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class AssigningATaskOnTables(TableDeployment deployment) : AssigningATask(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class CancellingAndRetryingOnTables(TableDeployment deployment) : CancellingAndRetrying(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class DescribingItselfOnTables(TableDeployment deployment) : DescribingItself(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class KeepingValuesOutOfErrorsOnTables(TableDeployment deployment) : KeepingValuesOutOfErrors(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class KeepingReceiptsOnTables(TableDeployment deployment) : KeepingReceipts(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class NamingPeopleOnTables(TableDeployment deployment) : NamingPeople(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class NamingWhoDidItOnTables(TableDeployment deployment) : NamingWhoDidIt(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class PagesAndOtherSitesOnTables(TableDeployment deployment) : PagesAndOtherSites(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class PagingByCursorOnTables(TableDeployment deployment) : PagingByCursor(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class ReadingRunsOnTables(TableDeployment deployment) : ReadingRuns(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class RefusingALinkOnTables(TableDeployment deployment) : RefusingALink(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class RefusingARequestOnTables(TableDeployment deployment) : RefusingARequest(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class RepeatingARequestOnTables(TableDeployment deployment) : RepeatingARequest(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class RunningTheSamplesOnTables(TableDeployment deployment) : RunningTheSamples(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class SavingRuleSetsOnTables(TableDeployment deployment) : SavingRuleSets(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class SendingFilesOnTables(TableDeployment deployment) : SendingFiles(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class ShowingTheContextOnTables(TableDeployment deployment) : ShowingTheContext(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class StartingRunsOnTables(TableDeployment deployment) : StartingRuns(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class WritingValuesIntoTextsOnTables(TableDeployment deployment) : WritingValuesIntoTexts(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class HintingAtContinuationsOnTables(TableDeployment deployment) : HintingAtContinuations(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class TheReviewPageOnTables(TableDeployment deployment) : TheReviewPage(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class TypingInVainOnTables(TableDeployment deployment) : TypingInVain(deployment);

[Collection(TableSuite.Name)]
[NeedsAzurite]
public sealed class WaitingForAResultOnTables(TableDeployment deployment) : WaitingForAResult(deployment);

[NeedsAzurite]
public sealed class BehindAnIsolatedLinkOnTables(TableStudio host) : BehindAnIsolatedLink(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class KeepingDraftsOnTables(TableStudio host) : KeepingDrafts(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class KeepingMembersApartOnTables(TableStudio host) : KeepingMembersApart(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class CachingNothingOnTables(TableStudio host) : CachingNothing(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class SpellingAddressesOtherwiseOnTables(TableStudio host) : SpellingAddressesOtherwise(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class LookingLikeOneselfOnTables(TableStudio host) : LookingLikeOneself(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class RoutingATaskOnTables(TableStudio host) : RoutingATask(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class WatchingRunsOnTables(TableStudio host) : WatchingRuns(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class WorkingOnTasksOnTables(TableStudio host) : WorkingOnTasks(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class WorkingThroughAQueueOnTables(TableStudio host) : WorkingThroughAQueue(host), IClassFixture<TableStudio>;

[NeedsAzurite]
public sealed class WorkingBesideTheQueueOnTables(TableStudio host) : WorkingBesideTheQueue(host), IClassFixture<TableStudio>;
