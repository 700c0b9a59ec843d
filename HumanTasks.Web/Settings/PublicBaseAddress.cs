namespace HumanTasks.Web.Settings;

/// <summary>The public address of this deployment: the configured one, or the host's own.</summary>
public sealed class PublicBaseAddress(HumanTasksOptions options)
{
    private Uri? own;

    /// <summary>Sets the host's own address, used only while none is configured.</summary>
    public void FallBackTo(Uri address) => own = address;

    /// <summary>The path of the address, such as <c>/tasks</c>; empty for none.</summary>
    public string Path => Find()?.AbsolutePath.TrimEnd('/') ?? "";

    /// <summary>Returns one of our paths as browsers request it.</summary>
    public string To(string path) => Path + path;

    /// <summary>Returns the address, or null while it is unknown.</summary>
    public Uri? Find() => options.PublicBaseAddress ?? own;

    public Uri Get() => Find()
        ?? throw new InvalidOperationException("HumanTasks:PublicBaseAddress is not configured. Links need it.");
}
