using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>A page in one of its states.</summary>
/// <param name="Name">In file names.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Cookie">Who opens it, where that counts.</param>
/// <param name="Act">What is done there first.</param>
internal sealed record PageState(string Name, string Path, string? Cookie = null, Func<IPage, Task>? Act = null)
{
    /// <summary>A session of a task is known on its own page only.</summary>
    public string CookiePath => Path.StartsWith("/studio", StringComparison.Ordinal) ? "/" : Path;
}
