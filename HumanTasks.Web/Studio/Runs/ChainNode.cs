using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>A run in the chain of a correlation ID, with the runs that it started or that continue it.</summary>
public sealed record ChainNode(Run Run, IReadOnlyList<ChainNode> Children)
{
    private const int MaxDepth = 100;

    /// <summary>Returns related runs as a tree, oldest first.</summary>
    public static IReadOnlyList<ChainNode> Of(IReadOnlyList<Run> runs)
    {
        var ids = runs.Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        var children = runs.OrderBy(run => run.CreatedAt).ToLookup(run => run.ContinuedFrom is { } from && ids.Contains(from) ? from : "");
        IReadOnlyList<ChainNode> Under(string parent, int depth) =>
            depth > MaxDepth ? [] : [.. children[parent].Select(run => new ChainNode(run, Under(run.Id, depth + 1)))];
        return Under("", 0);
    }
}
