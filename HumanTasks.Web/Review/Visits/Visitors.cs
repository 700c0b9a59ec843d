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

    /// <summary>
    /// Returns whether a browser shows what it requests in its window. One that is too old for Fetch Metadata, or does not trust
    /// the address, still asks for encrypted pages (Upgrade Insecure Requests, W3C).
    /// </summary>
    public static bool IsNavigation(HttpRequest request) => request.Headers["Sec-Fetch-Mode"] is { Count: > 0 } mode
        ? mode is ["navigate"]
        : request.Headers.UpgradeInsecureRequests is ["1"];

    public static bool IsPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && IsNavigation(request)
        && request.Headers["Sec-Fetch-Dest"] is ["document"]
        && !request.Headers.ContainsKey("Sec-Purpose")
        && request.Headers.UserAgent.ToString() is { Length: > 0 } agent
        && !Machines.Any(machine => agent.Contains(machine, StringComparison.OrdinalIgnoreCase));

    /// <summary>Records that the link of a task was opened or fetched.</summary>
    public static Task NoteAsync(HttpContext context, TaskJournal journal, TaskView task) => journal.NoteLookAsync(
        task.Task, IsPerson(context.Request) ? TaskEventKind.Opened : TaskEventKind.FetchedByMachine, context.RequestAborted);
}
