using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>The suite runs against one deployment: a host of its own, or the one that the environment names.</summary>
[CollectionDefinition(Name)]
public sealed class AcceptanceSuite : ICollectionFixture<Deployment>
{
    public const string Name = "Acceptance";
}
