namespace HumanTasks.Core.Tasks;

/// <summary>The end of a run's chain of receipts, as far as whoever holds this knows it.</summary>
/// <param name="Hash">How the next receipt names the newest one: base64url SHA-256 of its canonical payload.</param>
/// <param name="Count">How many receipts the chain has, from 1.</param>
public sealed record ChainEnd(string Hash, int Count);
