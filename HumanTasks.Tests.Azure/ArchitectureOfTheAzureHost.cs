using HumanTasks.Functions.Orchestration;
using HumanTasks.Tests.Architecture;

namespace HumanTasks.Tests.Functions;

public sealed class ArchitectureOfTheAzureHost
{
    [Fact]
    public void Its_namespaces_name_each_other_in_one_direction() => NamespaceGraph.AssertNoCircles(typeof(RunOrchestration).Assembly);

    [Fact]
    public void Its_descriptions_of_JSON_tell_names_apart_by_case() =>
        JsonDescriptions.AssertCaseSensitive([typeof(RunOrchestration).Assembly]);
}
