using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Browser;

[CollectionDefinition(Name)]
public sealed class BrowserSuite : ICollectionFixture<Deployment>, ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}
