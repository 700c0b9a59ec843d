using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>
/// The files that a form shows. One that was uploaded is looked for among the tasks of the run and of those that it continues,
/// and nowhere else: what a context says of a file opens none of another run.
/// </summary>
internal sealed class ShownFiles(IRunStore store, IFileStore files)
{
    private const int MaxAncestors = 20;

    /// <summary>The file of a field, inline where a browser shows it without running anything of it.</summary>
    public async Task<IResult> ServeAsync(HttpContext context, HumanTask task, string field)
    {
        if (task.Form().Find(field) is not Field.DisplayOnly { Markdown: null } display)
        {
            return LinkRefusal.NotFound.Answer(context.Request);
        }

        var inline = display.ContentType is { } type && Field.DisplayOnly.Inline.Contains(type);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // a viewer of PDFs stands in a frame of our own page, and styles itself
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'";
        headers.CacheControl = "private, no-store";
        if (display.Data() is { } data)
        {
            return TypedResults.Bytes(data.Bytes, data.ContentType);
        }

        if (display.Uploaded is not { } file || await OpenAsync(task, file, context.RequestAborted) is not { } content)
        {
            return LinkRefusal.NotFound.Answer(context.Request);
        }

        return inline
            ? TypedResults.Stream(content, file.ContentType)
            : TypedResults.Stream(content, "application/octet-stream", file.Name);
    }

    private async Task<Stream?> OpenAsync(HumanTask task, FileValue file, CancellationToken cancellationToken)
    {
        var runId = task.RunId;
        for (var i = 0; i < MaxAncestors && runId is not null; i++)
        {
            foreach (var one in await store.TasksOfRunAsync(runId, cancellationToken))
            {
                if (one.Environment == task.Environment && await files.OpenAsync(new FileKey(one.Id, file.FileId), cancellationToken) is { } content)
                {
                    return content;
                }
            }

            runId = (await store.FindRunAsync(runId, cancellationToken))?.ContinuedFrom;
        }

        return null;
    }
}
