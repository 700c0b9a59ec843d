namespace HumanTasks.Mcp.Tools;

/// <summary>The problems of one call in the order in which they were found.</summary>
internal sealed class ToolProblems : List<ToolProblem>
{
    public void Add(string pointer, string message)
    {
        if (!Exists(known => known.Pointer == pointer && known.Message == message))
        {
            Add(new ToolProblem(pointer, message));
        }
    }

    public static string At(string pointer, string member) =>
        $"{pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string At(string pointer, int index) => FormattableString.Invariant($"{pointer}/{index}");

    /// <summary>Returns the problems as text for the model, one per line.</summary>
    public override string ToString() =>
        string.Join('\n', this.Select(problem => problem.Pointer.Length == 0 ? problem.Message : $"{problem.Pointer}: {problem.Message}"));
}
