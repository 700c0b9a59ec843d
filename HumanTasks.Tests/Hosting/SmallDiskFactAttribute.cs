namespace HumanTasks.Tests.Hosting;

/// <summary>A test that needs to mount a small file system, which only root may, and not everywhere.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = OwnHost.SkipReason ?? SmallDisk.SkipReason;
}
