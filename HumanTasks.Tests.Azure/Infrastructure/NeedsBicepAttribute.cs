using HumanTasks.Tests.Functions.Storage;

namespace HumanTasks.Tests.Functions.Infrastructure;

public sealed class NeedsBicepAttribute : RequirementAttribute
{
    public override string? Missing => Templates.Missing;
}
