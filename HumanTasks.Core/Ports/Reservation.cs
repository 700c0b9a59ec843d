namespace HumanTasks.Core.Ports;

/// <param name="Id">The ID that the request uses for what it creates.</param>
/// <param name="RequestHash">The SHA-256 of method, path and body, in hexadecimal; empty while released.</param>
/// <param name="MadeAt">The time at which the key was first used.</param>
/// <param name="SealedAnswer">The encrypted answer; null until there is one.</param>
public sealed record Reservation(string Id, string RequestHash, DateTimeOffset MadeAt, ReadOnlyMemory<byte>? SealedAnswer = null)
{
    /// <summary>Whether the next request determines the use of the key.</summary>
    public bool IsReleased => RequestHash.Length == 0 && SealedAnswer is null;
}
