using HumanTasks.Core.People;

namespace HumanTasks.Core.Ports;

/// <param name="Environment">The environment, required in every query.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="Cursor">
/// The value of <see cref="Page{T}.Next"/>. A cursor from another list throws <see cref="InvalidCursorException"/>.
/// </param>
/// <param name="Status">Only tasks with this status; null for all.</param>
/// <param name="Assignee">
/// Only tasks assigned to this person, alone or with others; see <see cref="AssigneeForms"/>.
/// </param>
/// <param name="RunId">Only tasks of this run.</param>
/// <param name="Text">
/// Only tasks whose title, assignee or correlation ID contains this text, case-insensitively.
/// </param>
/// <param name="Sort">The order; ties are ordered by ID.</param>
public sealed record TaskQuery(
    string Environment,
    int Limit,
    string? Cursor = null,
    Tasks.TaskStatus? Status = null,
    string? Assignee = null,
    string? RunId = null,
    string? Text = null,
    TaskSort Sort = TaskSort.NewestFirst)
{
    /// <summary>Only tasks assigned to this address or to nobody; null for all.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>
    /// The forms in which records may contain <see cref="Assignee"/>: one, or more if older builds wrote the person
    /// differently.
    /// </summary>
    public IReadOnlyList<string> AssigneeForms => Assignee is { } one ? PersonAddress.FormsOf(one) : [];

    /// <summary>The forms in which records may contain <see cref="VisibleTo"/>.</summary>
    public IReadOnlyList<string> VisibleToForms => VisibleTo is { } one ? PersonAddress.FormsOf(one) : [];

    /// <summary>
    /// Whether the query is for someone who must not see secrets. The text search then skips the titles and assignees
    /// of tasks with secrets, which could otherwise be guessed letter by letter.
    /// </summary>
    public bool Watches { get; init; }

    /// <summary>Only tasks of runs of this rule set; null for all.</summary>
    public string? RuleSet { get; init; }

    /// <summary>Only tasks whose author set this language; null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Only tasks with a due date, or only tasks without one; null for both.</summary>
    public bool? IsDue { get; init; }

    /// <summary>Only tasks that are due at this time or later; null for all.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Only tasks that are due before this time; null for all.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only tasks that were created at this time or later; null for all.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only tasks that were created before this time; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Whether the query looks at more of a task than its status, assignee, run and words.</summary>
    public bool LooksAtFacts =>
        RuleSet is not null || Language is not null || IsDue is not null
        || DueFrom is not null || DueBefore is not null || CreatedFrom is not null || CreatedBefore is not null;

    /// <summary>Returns whether the facts of a task match, for stores that keep them beside it.</summary>
    public bool MatchesFacts(string ruleSet, string? language, DateTimeOffset? dueAt, DateTimeOffset createdAt) =>
        (RuleSet is null || ruleSet == RuleSet)
        && (Language is null || language == Language)
        && (IsDue is not { } isDue || dueAt is not null == isDue)
        && (DueFrom is null || dueAt >= DueFrom)
        && (DueBefore is null || dueAt < DueBefore)
        && (CreatedFrom is null || createdAt >= CreatedFrom)
        && (CreatedBefore is null || createdAt < CreatedBefore);

    /// <summary>Returns whether a task matches, for stores that filter in memory.</summary>
    public bool Matches(Tasks.HumanTask task) =>
        task.Environment == Environment
        && (Status is null || task.State.Status == Status)
        && (Assignee is null || task.Asked.Assignees.Any(one => AssigneeForms.Contains(one, StringComparer.Ordinal)))
        && (VisibleTo is not { } member || task.Asked is Tasks.Asked.Anyone || task.Asked.Assignees.Any(one => PersonAddress.Same(one, member)))
        && (RunId is null || task.RunId == RunId)
        && MatchesFacts(task.RuleSet, task.Question.Language, task.Schedule.DueAt, task.History.CreatedAt)
        && (Text is not { Length: > 0 } text
            || (!(Watches && task.Secrets is not null) && (Contains(task.Question.Title, text) || Contains(task.Asked.Names, text)))
            || Contains(task.CorrelationId, text));

    private static bool Contains(string? value, string text) =>
        value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
