namespace HumanTasks.Web.Configuration;

/// <summary>Where people reach this deployment: as configured, or what the host knows of its own address.</summary>
public sealed class PublicBaseAddress(HumanTasksOptions options)
{
    private Uri? own;

    /// <summary>Used only while nothing is configured.</summary>
    public void FallBackTo(Uri address) => own = address;

    public Uri Get() => options.PublicBaseAddress ?? own
        ?? throw new InvalidOperationException("HumanTasks:PublicBaseAddress is not configured, and links need it.");
}
