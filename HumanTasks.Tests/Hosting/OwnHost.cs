namespace HumanTasks.Tests.Hosting;

internal static class OwnHost
{
    public static string? SkipReason =>
        Deployment.IsForeign ? "Needs a host of its own, and HUMANTASKS_BASE_URL names a deployment." : null;
}
