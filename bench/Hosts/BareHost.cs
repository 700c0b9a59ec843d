using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Bench.Hosts;

/// <summary>A bare ASP.NET Core app that answers the same three requests with fixed bytes.</summary>
internal static class BareHost
{
    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();

        app.MapGet("/health/ready", Always(200, """{"status":"ready"}"""));
        app.MapPut("/api/rule-sets/{name}", Always(201, """{"name":"bench-decided","version":1}"""));
        app.MapPost("/api/interventions", Always(201, """
            {"taskId":"task-1","runId":"run-1","correlationId":"correlation-1",
            "link":"http://127.0.0.1/review/token-1","expiresAt":"2031-05-17T12:00:00Z","maxUses":1}
            """));
        app.MapPost("/review/{token}", Always(200, """
            {"correlationId":"correlation-1","runId":"run-2","responseId":"response-1","usesLeft":0}
            """));
        app.MapGet("/api/runs/{id}", Always(200, """
            {"id":"run-2","status":"completed","correlationId":"correlation-1","context":{}}
            """));

        return app.RunAsync();
    }

    private static RequestDelegate Always(int status, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);

        return context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        };
    }
}
