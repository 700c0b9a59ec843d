using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What a deployment promises to those who call it over HTTP, whichever host serves it.</summary>
[Collection(AcceptanceSuite.Name)]
[Trait("Category", AcceptanceSuite.Name)]
public abstract class AcceptanceTest(Deployment deployment)
{
    protected Uri Address => deployment.Address;

    /// <summary>Calls with an API key of every scope.</summary>
    protected ApiClient Api => deployment.Api;

    /// <summary>Calls without a key, as reviewers do.</summary>
    protected ApiClient Anybody => deployment.Anybody;
}
