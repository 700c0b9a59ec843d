namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A list that a member saved under a name.</summary>
/// <param name="Name">The name, unique for the member in the environment.</param>
/// <param name="Query">The query string of the list's address.</param>
public sealed record SavedView(string Name, string Query);
