using HumanTasks.Client;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Wire;

/// <summary>The client library is written by hand and cannot see Core, so its records are held against the served document.</summary>
public sealed class TheRecordsOfTheClient(Deployment deployment) : AcceptanceTest(deployment)
{
    /// <summary>
    /// Each record with the schemas of what it is on the wire, and the members that the client leaves out on purpose: details that a
    /// program that asks and waits does not need. <c>continuation</c> is made of 'webhook', 'ruleSet' and 'tellsOutcomes'.
    /// </summary>
    public static TheoryData<Type, string[], string> Known => new()
    {
        { typeof(SavedRuleSet), ["RuleSetSaved"], "hints" },
        { typeof(StartedRun), ["RunStarted"], "" },
        { typeof(Run), ["RunAnswer", "RunItem"], "availableUntil environment version" },
        { typeof(HumanTask), ["TaskAnswer"], "action allowReject candidates context environment kind language notBy rounds ruleSet timeline updatedAt veto" },
        { typeof(TaskSummary), ["TaskItem"], "action claimedBy defaulted kind maxUses ruleSet statusReason updatedAt usesLeft" },
        { typeof(NewTask), ["TaskRequest"], "continuation linkContextKey timeZone titleInSubject" },
        { typeof(NewIntervention), ["InterventionRequest"], "continuation linkContextKey timeZone" },
        { typeof(global::HumanTasks.Client.Asked), ["TaskCreated", "InterventionCreated"], "expiresAt maxUses" },
        { typeof(Accepted), ["ResponseAccepted"], "" },
        { typeof(FreshLink), ["LinkIssued"], "links" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task A_record_has_the_members_of_the_document(Type record, string[] schemas, string leftOut)
    {
        var all = (await Anybody.GetAsync("/openapi/v1.json")).Is(200).Json.At("/components/schemas")!.AsObject();
        var described = schemas.SelectMany(schema => all[schema]!["properties"]!.AsObject()).Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
        var written = ClientJson.Default.GetTypeInfo(record)!.Properties.Where(property => property.Get is not null).Select(property => property.Name).ToArray();

        Assert.Empty(written.Except(described));
        var missing = string.Join(' ', described.Except(written).Order(StringComparer.Ordinal));
        Assert.True(leftOut == missing, $"{record.Name} leaves out: {missing}");
    }
}
