using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Wire;

namespace HumanTasks.Tests.Acceptance;

/// <summary>
/// Clients that are generated from the served document create a task, read it, respond to it and read the outcome.
/// </summary>
public class GeneratingClients(Deployment deployment) : AcceptanceTest(deployment)
{
    [OpenApiFact]
    public Task A_client_that_openapi_typescript_generates_runs_a_whole_cycle() => RunAsync("typescript");

    [KiotaFact]
    public Task A_client_that_Kiota_generates_runs_a_whole_cycle() => RunAsync("kiota");

    private async Task RunAsync(string generator) => await OpenApiTools.RunAsync(
        generator, (await Anybody.GetAsync("/openapi/v1.json")).Is(200).Body, Address.ToString(), Api.Key);
}
