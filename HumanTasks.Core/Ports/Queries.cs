using HumanTasks.Core.People;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>A part of a list and where the next part begins; <see cref="Next"/> is null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A cursor that this list did not make: a caller that got page one instead would go round for ever.</summary>
public sealed class InvalidCursorException : Exception
{
    public InvalidCursorException()
        : base("Invalid cursor.")
    {
    }

    public InvalidCursorException(string message)
        : base(message)
    {
    }

    public InvalidCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Newest first.</summary>
/// <param name="Environment">Whose runs: every query has one.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="Cursor">From <see cref="Page{T}.Next"/>; one of another list is an <see cref="InvalidCursorException"/>.</param>
/// <param name="Status">Only these.</param>
/// <param name="RuleSet">Only of this rule set.</param>
/// <param name="CorrelationId">Only under this correlation id.</param>
public sealed record RunQuery(
    string Environment,
    int Limit,
    string? Cursor = null,
    RunStatus? Status = null,
    string? RuleSet = null,
    string? CorrelationId = null);

/// <param name="Environment">Whose tasks: every query has one.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="Cursor">From <see cref="Page{T}.Next"/>; one of another list is an <see cref="InvalidCursorException"/>.</param>
/// <param name="Status">Only these; null is all.</param>
/// <param name="Assignee">Only assigned to this person, alone or with others; see <see cref="AssigneeForms"/>.</param>
/// <param name="RunId">Only of this run.</param>
/// <param name="Text">Only those whose title, assignee or correlation id contains this, letter case aside.</param>
/// <param name="Sort">Ties go by id.</param>
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
    /// <summary>Only those that are assigned to this address or to nobody; null is all.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>How records may write <see cref="Assignee"/>: one form, more for a person whom older builds wrote in another way.</summary>
    public IReadOnlyList<string> AssigneeForms => Assignee is { } one ? PersonAddress.FormsOf(one) : [];

    /// <summary>The same for <see cref="VisibleTo"/>.</summary>
    public IReadOnlyList<string> VisibleToForms => VisibleTo is { } one ? PersonAddress.FormsOf(one) : [];

    /// <summary>
    /// Whether it is for somebody who watches: a task whose words have something secret in them is not found by its words
    /// then, or they could be guessed letter by letter.
    /// </summary>
    public bool Watches { get; init; }

    /// <summary>Whether a task belongs to the list, for stores that must look themselves.</summary>
    public bool Matches(Tasks.HumanTask task) =>
        task.Environment == Environment
        && (Status is null || task.State.Status == Status)
        && (Assignee is null || task.Assignees.Any(one => AssigneeForms.Contains(one, StringComparer.Ordinal)))
        && (VisibleTo is not { } member || task.Assignee is null || task.Assignees.Any(one => PersonAddress.Same(one, member)))
        && (RunId is null || task.RunId == RunId)
        && (Text is not { Length: > 0 } text
            || (!(Watches && task.Secrets is not null) && (Contains(task.Title, text) || Contains(task.Assignee, text)))
            || Contains(task.CorrelationId, text));

    private static bool Contains(string? value, string text) =>
        value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

public enum TaskSort
{
    NewestFirst,
    OldestFirst,
    ExpiresFirst,
    DueFirst,
}
