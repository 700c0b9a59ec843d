namespace HumanTasks.Tests.Hosting;

/// <inheritdoc cref="OwnHostFactAttribute"/>
public sealed class OwnHostTheoryAttribute : TheoryAttribute
{
    public OwnHostTheoryAttribute() => Skip = OwnHost.SkipReason;
}
