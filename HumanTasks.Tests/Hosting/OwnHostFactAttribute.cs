namespace HumanTasks.Tests.Hosting;

/// <summary>A test that needs a host that it configures, kills or looks into.</summary>
public sealed class OwnHostFactAttribute : FactAttribute
{
    public OwnHostFactAttribute() => Skip = OwnHost.SkipReason;
}
