using System.Diagnostics;
using System.Reflection;
using System.Text;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Architecture;

/// <summary>Arrows between the namespaces of a project point one way.</summary>
public sealed class DependenciesBetweenNamespaces
{
    [Theory]
    [InlineData("HumanTasks.Core")]
    [InlineData("HumanTasks.Web")]
    [InlineData("HumanTasks.Standalone")]
    public void The_namespaces_of_a_project_name_each_other_in_one_direction(string project) =>
        NamespaceGraph.AssertNoCircles(Assembly.Load(project));

    [Fact]
    public void A_circle_is_found_wherever_it_begins() =>
        Assert.Equal(["b", "c", "b"], Assert.Single(NamespaceGraph.CirclesIn([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])));

    [Fact]
    public void What_an_attribute_or_its_argument_names_is_an_arrow()
    {
        var named = NamespaceGraph.NamedBy(typeof(Marked)).ToArray();

        Assert.Contains(typeof(DebuggerTypeProxyAttribute), named);
        Assert.Contains(typeof(StringBuilder), named);
    }

    [Fact]
    public void Core_names_no_host_and_no_framework_of_the_web()
    {
        var named = Assembly.Load("HumanTasks.Core").GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(named, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Azure.", StringComparison.Ordinal)
            || name.StartsWith("HumanTasks.", StringComparison.Ordinal));
    }

    [Fact]
    public void One_class_writes_runs_and_tasks()
    {
        string[] writes = [nameof(IRunStore.CreateAsync), nameof(IRunStore.CommitAsync), nameof(IRunStore.RestateAsync)];

        var writers = new[] { "HumanTasks.Core", "HumanTasks.Web", "HumanTasks.Standalone" }.SelectMany(project => NamespaceGraph.CallersIn(
            Assembly.Load(project), called => called.DeclaringType == typeof(IRunStore) && writes.Contains(called.Name)));

        Assert.Equal([typeof(RunEngine)], writers);
    }

    /// <summary>What would have to be guarded against injection if it were used; HumanTasks.Web leaves its costly rules off.</summary>
    [Fact]
    public void Where_requests_are_read_nothing_reaches_SQL_processes_XPath_XAML_or_libraries()
    {
        string[] sinks = ["System.Data.Common", "Microsoft.Data.Sqlite", "System.Diagnostics.Process", "System.Xml.XPath", "System.Xml.XPath.XDocument", "System.Xaml", "System.Runtime.Loader"];

        var named = Assembly.Load("HumanTasks.Core").GetReferencedAssemblies().Concat(Assembly.Load("HumanTasks.Web").GetReferencedAssemblies());

        Assert.Empty(named.Select(assembly => assembly.Name!).Intersect(sinks));
    }

    [DebuggerTypeProxy(typeof(StringBuilder))]
    private sealed class Marked;
}
