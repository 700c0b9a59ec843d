using HumanTasks.Functions.Orchestration;
using HumanTasks.Tests.Architecture;

namespace HumanTasks.Tests.Functions;

public sealed class NamespacesOfTheAzureHost
{
    [Fact]
    public void They_name_each_other_in_one_direction() => NamespaceGraph.AssertNoCircles(typeof(RunOrchestration).Assembly);
}
