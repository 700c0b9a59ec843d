using System.Globalization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A change of several tasks that a member is asked to confirm.</summary>
/// <param name="Action">The action of a <see cref="BulkRequest"/>.</param>
/// <param name="Tasks">The tasks as a list shows them.</param>
/// <param name="Back">The address of the list.</param>
public sealed record BulkChange(string Action, IReadOnlyList<HumanTask> Tasks, string Back)
{
    /// <summary>Why it was not done; null before it was tried.</summary>
    public string? Problem { get; init; }

    /// <summary>The assignee that was typed.</summary>
    public string? Typed { get; init; }

    public string Ids => string.Join(' ', Tasks.Select(task => task.Id));

    /// <summary>The numbers of reminders that the member knows of, in the order of the tasks.</summary>
    public string Known => string.Join(' ', Tasks.Select(task => TaskOperations.RemindersOf(task).ToString(CultureInfo.InvariantCulture)));
}
