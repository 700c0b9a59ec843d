using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Forms.Types;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A column of the queue with a value that a task shows, or one of its form.</summary>
/// <param name="Key">
/// The key in the address: <c>show:</c> and a path into what the task shows, or <c>field:</c> and the name of a field.
/// </param>
/// <param name="Label">The heading.</param>
public sealed record QueueColumn(string Key, string Label)
{
    private const string Shows = "show:";
    private const string Fields = "field:";
    private const int MaxKey = 220;
    private const int MaxDepth = 4;

    /// <summary>The number of columns that are offered.</summary>
    private const int MaxOffered = 40;

    /// <summary>What the column shows, without the kind.</summary>
    public string Path => Key[(Key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private bool IsField => Key.StartsWith(Fields, StringComparison.Ordinal);

    public static bool IsKey(string key) => key.Length is > 0 and <= MaxKey
        && (key.StartsWith(Shows, StringComparison.Ordinal) ? ContextPath.TryParse(key[Shows.Length..]) is not null : key.Length > Fields.Length && key.StartsWith(Fields, StringComparison.Ordinal));

    /// <summary>Returns the columns that tasks can fill, and those that are chosen.</summary>
    public static IReadOnlyList<QueueColumn> Of(IEnumerable<HumanTask> tasks, IReadOnlyList<string> chosen)
    {
        var found = tasks.SelectMany(task => OfContext(task).Concat(OfForm(task))).DistinctBy(column => column.Key).Take(MaxOffered).ToList();
        return [.. found, .. chosen.Where(key => found.TrueForAll(column => column.Key != key)).Select(key => new QueueColumn(key, Shown.Key(LastOf(key))))];
    }

    /// <summary>Returns the value of a task.</summary>
    /// <param name="task">The task, with its secrets hidden.</param>
    /// <param name="responses">The responses to it, with their secrets hidden.</param>
    public QueueCell CellOf(HumanTask task, IReadOnlyList<HumanResponse> responses)
    {
        if (!IsField)
        {
            return ContextPath.TryParse(Path)!.TryFind(task.Question.Context, out var value) && value is not null
                ? new QueueCell(value, Shown.Formatted(value, task.Question.Show?.FirstOrDefault(show => show.Path == Path)?.Format))
                : QueueCell.Empty;
        }

        var answer = responses.LastOrDefault(response => !response.Rejects && response.Values.ContainsKey(Path));
        return task.Question.FormOf(answer?.Round, Languages.Current).Find(Path) is { TakesInput: true } field && (answer is null ? field.Value : answer.Values[Path]) is { } given
            ? new QueueCell(given, FieldFaces.Words(field, given))
            : QueueCell.Empty;
    }

    private static IEnumerable<QueueColumn> OfContext(HumanTask task) => task.Question.Context.SelectMany(member => Leaves(task, member.Key, member.Value, 1));

    private static IEnumerable<QueueColumn> Leaves(HumanTask task, string path, JsonNode? value, int depth) => value switch
    {
        JsonObject members when depth < MaxDepth => members.SelectMany(member => Leaves(task, $"{path}.{member.Key}", member.Value, depth + 1)),
        JsonValue when IsKey(Shows + path) => [new QueueColumn(Shows + path, task.Question.Show?.FirstOrDefault(show => show.Path == path)?.Label ?? Shown.Key(LastOf(path)))],
        _ => [],
    };

    private static IEnumerable<QueueColumn> OfForm(HumanTask task) => task.Question.Form().Fields
        .Where(field => field.TakesInput && field is not (Field.File or Field.Table or Field.Signature) && IsKey(Fields + field.Name))
        .Select(field => new QueueColumn(Fields + field.Name, field.SpokenLabel(task.Question.Language).Text));

    private static string LastOf(string key) => key[(key.LastIndexOfAny(['.', ':']) + 1)..];
}
