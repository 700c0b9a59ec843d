namespace HumanTasks.Core.Ports;

/// <param name="Owner">
/// The owner: a run ID or a word. Letters, digits, '-', '_', '.' and '~', up to 200 characters.
/// </param>
/// <param name="Key">The key, unique within the owner; the same characters, up to 200.</param>
/// <param name="Body">The content, up to a few megabytes.</param>
/// <param name="Version">The version, from 1, used as the optimistic lock of a write.</param>
/// <param name="ExpiresAt">The time of expiry; null for a document that is deleted only with its owner.</param>
public sealed record Document(
    string Owner, string Key, ReadOnlyMemory<byte> Body, int Version = 1, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Returns the document with another body, at the next version.</summary>
    public Document With(ReadOnlyMemory<byte> body) => this with { Body = body, Version = Version + 1 };
}
