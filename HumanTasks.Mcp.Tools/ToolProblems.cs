namespace HumanTasks.Mcp.Tools;

/// <summary>One thing wrong with a call, so that a model can repair it.</summary>
/// <param name="Pointer">Where, as a JSON pointer (RFC 6901) into the arguments.</param>
/// <param name="Message">What is wrong and, where it helps, what would be right. Ends with a full stop.</param>
internal sealed record ToolProblem(string Pointer, string Message);

/// <summary>All that is wrong with one call, in the order in which it was found.</summary>
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

    /// <summary>As a text for the model: one line for each.</summary>
    public override string ToString() =>
        string.Join('\n', this.Select(problem => problem.Pointer.Length == 0 ? problem.Message : $"{problem.Pointer}: {problem.Message}"));
}
