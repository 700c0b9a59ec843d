using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Visits;

/// <summary>
/// Distinguishes a person who opens a link from a machine that fetches it. Browsers report a navigation (Fetch
/// Metadata, W3C); email scanners and link previews do not, or identify themselves.
/// </summary>
internal static class Visitors
{
    private static readonly string[] Machines =
    [
        "bot", "spider", "crawl", "preview", "scan", "safelinks", "proofpoint", "mimecast", "barracuda",
        "slack", "facebookexternalhit", "whatsapp", "telegram", "skypeuri", "google-safety", "curl/", "wget/", "python", "okhttp",
    ];

    public static bool IsPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers["Sec-Fetch-Mode"] is ["navigate"]
        && request.Headers["Sec-Fetch-Dest"] is ["document"]
        && !request.Headers.ContainsKey("Sec-Purpose")
        && request.Headers.UserAgent.ToString() is { Length: > 0 } agent
        && !Machines.Any(machine => agent.Contains(machine, StringComparison.OrdinalIgnoreCase));

    /// <summary>Records that the link of a task was opened or fetched.</summary>
    public static Task NoteAsync(HttpContext context, TaskJournal journal, TaskView task) => journal.NoteLookAsync(
        task.Task, IsPerson(context.Request) ? TaskEventKind.Opened : TaskEventKind.FetchedByMachine, context.RequestAborted);
}
