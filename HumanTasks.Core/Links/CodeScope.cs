namespace HumanTasks.Core.Links;

/// <summary>The scope of a code. Codes of different scopes are independent.</summary>
/// <param name="Owner">The owner of the documents that hold the state.</param>
/// <param name="Key">The key, unique within the owner.</param>
/// <param name="Address">
/// The address that receives the code. Sent codes are counted per address across all scopes.
/// </param>
public sealed record CodeScope(string Owner, string Key, string Address);
