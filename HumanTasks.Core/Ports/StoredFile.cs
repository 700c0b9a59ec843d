namespace HumanTasks.Core.Ports;

/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 hash in lower-case hexadecimal.</param>
public sealed record StoredFile(long Size, string Sha256);
