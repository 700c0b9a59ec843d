using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Forms;

/// <summary>The part of a run's context that is shown beside a form.</summary>
/// <param name="Entries">The entries in the order in which they are shown.</param>
public sealed record ShownContext(IReadOnlyList<ShownEntry> Entries)
{
    private const int LongText = 400;

    /// <summary>The total number of values, including those in lists and objects.</summary>
    public int Count => Entries.Sum(entry => CountOf(entry.Value));

    /// <summary>Whether it is short enough to be shown completely before the first question.</summary>
    public bool IsShort => Entries.Sum(entry => Lines(entry.Value)) <= 4;

    /// <summary>Returns the first values that take one line each.</summary>
    public IEnumerable<ShownEntry> First(int count) => Entries.SelectMany(Leaves).Take(count);

    public static ShownContext Of(Question question) => new(question.Show is { } show && show.All(entry => entry.Path != ShownPath.All)
        ? [.. Labelled(question.Context, show)]
        : [.. question.Context.Select(member => new ShownEntry(Shown.Key(member.Key), member.Value, null))]);

    private static IEnumerable<ShownEntry> Labelled(JsonObject context, IReadOnlyList<ShownPath> show)
    {
        foreach (var entry in show)
        {
            if (ContextPath.TryParse(entry.Path) is { } path && path.TryFind(context, out var value))
            {
                yield return new ShownEntry(entry.Label ?? Shown.Key(entry.Path[(entry.Path.LastIndexOf('.') + 1)..]), value, entry.Format);
            }
        }
    }

    private static IEnumerable<ShownEntry> Leaves(ShownEntry entry) => entry.Value switch
    {
        JsonObject members => members.SelectMany(member => Leaves(new ShownEntry(Shown.Key(member.Key), member.Value, null))),
        JsonValue value when JsonValues.Format(value).Length <= LongText => [entry],
        _ => [],
    };

    private static int CountOf(JsonNode? value) => value switch
    {
        JsonObject members => members.Sum(member => CountOf(member.Value)),
        JsonArray items => items.Sum(CountOf),
        _ => 1,
    };

    private static int Lines(JsonNode? value) => value switch
    {
        JsonObject members => members.Sum(member => Lines(member.Value)),
        JsonArray items => 1 + items.Sum(Lines),
        _ => JsonValues.Format(value).Length > LongText ? 5 : 1,
    };
}
