using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

/// <summary>A host on a German server.</summary>
public sealed class GermanServer : StudioHost
{
    private protected override HostSettings Own => Settings.With("LANG", "de_DE.UTF-8").With("LC_ALL", "de_DE.UTF-8");
}
