using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Settings;

public sealed class MemberOptions
{
    /// <summary>The email address with which they sign in, ignoring letter case.</summary>
    public string Address { get; set; } = "";

    /// <summary>The name that others see. Default the address.</summary>
    public string? Name { get; set; }

    public Role Role { get; set; } = Role.Viewer;
}
