namespace HumanTasks.Web.Settings;

/// <summary>Where people reach this deployment: as configured, or what the host knows of its own address.</summary>
public sealed class PublicBaseAddress(HumanTasksOptions options)
{
    private Uri? own;

    /// <summary>Used only while nothing is configured.</summary>
    public void FallBackTo(Uri address) => own = address;

    /// <summary>The path below which all of it is reached, such as <c>/tasks</c>; empty for none.</summary>
    public string Path => Find()?.AbsolutePath.TrimEnd('/') ?? "";

    /// <summary>One of our paths as a browser asks for it.</summary>
    public string To(string path) => Path + path;

    /// <summary>Null while it is not known.</summary>
    public Uri? Find() => options.PublicBaseAddress ?? own;

    public Uri Get() => Find()
        ?? throw new InvalidOperationException("HumanTasks:PublicBaseAddress is not configured, and links need it.");
}
