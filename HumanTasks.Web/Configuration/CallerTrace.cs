using HumanTasks.Core.Runs;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Configuration;

/// <summary>Reads the caller's trace context for the runs that the request starts or answers.</summary>
internal static class CallerTrace
{
    public static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        RunTrace.OfCaller = headers[RunTrace.ParentHeader] is [{ } parent] // more than one is malformed
            ? RunTrace.Read(parent, string.Join(',', headers[RunTrace.StateHeader].ToArray()))
            : null;
        await next(context);
    }
}
