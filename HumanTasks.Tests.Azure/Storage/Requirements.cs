using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("HumanTasks.Tests.Functions.Storage.RequirementsFramework", "HumanTasks.Tests.Azure")]

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>What the tests of a class need to run; without it all of them are skipped, inherited ones as well.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RequirementAttribute : Attribute
{
    /// <summary>What is missing, or null.</summary>
    public abstract string? Missing { get; }
}

public sealed class NeedsAzuriteAttribute : RequirementAttribute
{
    public override string? Missing => Azurite.Missing;
}

/// <summary>Gives the tests of a class whose requirement is missing the reason to be skipped, right before they run.</summary>
public sealed class RequirementsFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(
        AssemblyName assemblyName, ISourceInformationProvider sourceInformationProvider, IMessageSink diagnosticMessageSink)
        : XunitTestFrameworkExecutor(assemblyName, sourceInformationProvider, diagnosticMessageSink)
    {
        // xunit offers no other way to skip a test that a base class declares
        private static readonly PropertyInfo SkipReason = typeof(XunitTestCase).GetProperty(nameof(XunitTestCase.SkipReason))!;

        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions)
        {
            List<IXunitTestCase> cases = [.. testCases];
            foreach (var testCase in cases.OfType<XunitTestCase>().Where(testCase => testCase.SkipReason is null))
            {
                SkipReason.SetValue(testCase, MissingFor(testCase));
            }

            base.RunTestCases(cases, executionMessageSink, executionOptions);
        }

        private static string? MissingFor(XunitTestCase testCase) =>
            testCase.TestMethod.TestClass.Class.ToRuntimeType()?.GetCustomAttribute<RequirementAttribute>()?.Missing;
    }
}
