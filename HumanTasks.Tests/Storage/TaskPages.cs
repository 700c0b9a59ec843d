using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>A list of tasks from its first page to its last.</summary>
internal static class TaskPages
{
    public static async Task<List<Page<HumanTask>>> TaskPagesAsync(this IRunStore runs, TaskQuery query)
    {
        var pages = new List<Page<HumanTask>>();
        do
        {
            pages.Add(await runs.ListTasksAsync(query with { Cursor = pages.LastOrDefault()?.Next }, CancellationToken.None));
        }
        while (pages[^1].Next is not null);
        return pages;
    }
}
