namespace HumanTasks.Bench.Load;

/// <summary>
/// All clients on one thread: what waits for a socket goes on where the event arrives, without a hop through the
/// thread pool. Read once by the runtime, before the first socket; not for the processes that are started.
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
