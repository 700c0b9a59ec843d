namespace HumanTasks.Bench.Load;

/// <summary>
/// Runs all clients on one thread: a socket's continuation runs where its event arrives, without a hop through the
/// thread pool. The runtime reads the setting once, before the first socket; child processes do not inherit it.
/// </summary>
internal static class SocketThread
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Count = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    public static IReadOnlyList<string> Variables { get; } = [Inline, Count];

    public static void UseOne()
    {
        Environment.SetEnvironmentVariable(Inline, "1");
        Environment.SetEnvironmentVariable(Count, "1");
    }
}
