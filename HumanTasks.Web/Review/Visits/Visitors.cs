using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Visits;

/// <summary>
/// Tells a person who opens a link from a machine that fetches it. Browsers say that they navigate (Fetch Metadata, W3C);
/// scanners of mail and makers of previews do not, or say who they are.
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

    /// <summary>Notes that somebody or something looked at the link of a task.</summary>
    public static Task NoteAsync(HttpContext context, TaskJournal journal, HumanTask task) => journal.NoteLookAsync(
        task, IsPerson(context.Request) ? TaskEventKind.Opened : TaskEventKind.FetchedByMachine, context.RequestAborted);
}
