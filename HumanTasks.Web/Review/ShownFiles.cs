using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>
/// The files that a form shows. An uploaded file is searched only among the tasks of the run and of the runs that it
/// continues: a context cannot refer to a file of another run.
/// </summary>
internal sealed class ShownFiles(IRunStore store, IFileStore files)
{
    private const int MaxAncestors = 20;

    /// <summary>Serves the file of a field, inline if a browser can show it without running any of it.</summary>
    public async Task<IResult> ServeAsync(HttpContext context, TaskView task, string field)
    {
        if (task.Question.Form().Find(field) is not Field.DisplayOnly { Markdown: null } display)
        {
            return LinkRefusal.NotFound.Answer(context.Request);
        }

        var inline = display.ContentType is { } type && Field.DisplayOnly.Inline.Contains(type);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // a PDF viewer is framed by our own page, and needs inline styles
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

    private async Task<Stream?> OpenAsync(TaskView task, FileValue file, CancellationToken cancellationToken)
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
