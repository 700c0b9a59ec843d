using HumanTasks.Core.Tasks;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>An event of a task's timeline.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="Event">The same under its former name.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, string Event, string? By, string? Detail)
{
    public static TimelineItem Of(TaskEvent happened) =>
        new(happened.At, WireNames.Of(happened.Kind), WireNames.Of(happened.Kind), happened.By, happened.Detail);
}
