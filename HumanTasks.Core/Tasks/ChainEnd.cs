namespace HumanTasks.Core.Tasks;

/// <summary>The end of a run's chain of receipts, as known to the record that holds it.</summary>
/// <param name="Hash">
/// The reference of the next receipt to the newest one: base64url SHA-256 of its canonical payload.
/// </param>
/// <param name="Count">The number of receipts in the chain, at least 1.</param>
public sealed record ChainEnd(string Hash, int Count);
