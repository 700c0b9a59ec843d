using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// What templates see: a run's context and its links. Links are computed and never part of the context, so that nothing
/// stores them. A path that leads nowhere is noted in <see cref="Missing"/>; whoever renders asks afterwards.
/// </summary>
public sealed class Scope(JsonObject context, Func<string, string?>? link = null)
{
    private readonly List<string> missing = [];

    public IReadOnlyList<string> Missing => missing;

    /// <summary>The link under a context key, or null when the key names none.</summary>
    public string? Link(ContextPath path) => link?.Invoke(path.Text);

    public JsonNode? Find(ContextPath path, bool optional)
    {
        if (path.TryFind(context, out var value))
        {
            return value;
        }

        if (!optional)
        {
            missing.Add(path.Text);
        }

        return null;
    }
}
