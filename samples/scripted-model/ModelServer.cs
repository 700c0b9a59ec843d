using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Samples.ScriptedModel;

/// <summary>
/// OpenAI's <c>POST /v1/chat/completions</c>: the model's name is the name of the script. Every attempt is recorded, so
/// that a test can check the requests and their number.
/// </summary>
public sealed class ModelServer
{
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> attempts = new(StringComparer.Ordinal);

    /// <summary>All received requests: their IDs and bodies.</summary>
    public ConcurrentQueue<(string Id, JsonNode Body)> Requests { get; } = new();

    public void Add(string model, Script script) => scripts[model] = script;

    /// <summary>Adds every <c>NAME.script.json</c> of a folder.</summary>
    public ModelServer AddFolder(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.script.json"))
        {
            Add(Path.GetFileName(file)[..^".script.json".Length], Script.Read(File.ReadAllText(file)));
        }

        return this;
    }

    public WebApplication Build(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", AnswerAsync);
        return app;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) ?? new JsonObject();
        var id = context.Request.Headers["X-Client-Request-Id"].ToString();
        Requests.Enqueue((id, body));
        var model = (string?)body["model"] ?? "";
        if (!scripts.TryGetValue(model, out var script))
        {
            await RefuseAsync(context, 404, "model_not_found", $"There is no script for the model '{model}'.");
            return;
        }

        JsonNode[] messages = [.. body["messages"]!.AsArray().Select(message => message!)];
        var step = script.Next(messages);
        var attempt = attempts.AddOrUpdate(id, 1, (_, before) => before + 1);
        if (step?["fail"] is JsonArray failures && attempt <= failures.Count)
        {
            await FailAsync(context, failures[attempt - 1]!);
            return;
        }

        if (step is null)
        {
            await RefuseAsync(context, 400, "script_is_over", "The script has no step for this conversation.");
            return;
        }

        if (step["wait"] is { } wait)
        {
            await Task.Delay(wait.GetValue<int>(), context.RequestAborted);
        }

        await SendAsync(context, 200, Completion(model, step, messages.Length));
    }

    private static JsonObject Completion(string model, JsonObject step, int told)
    {
        var calls = new JsonArray([.. (step["calls"] as JsonArray ?? []).Select((call, index) => new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"call_{told}_{index}"),
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = call!["tool"]!.DeepClone(),
                ["arguments"] = call["arguments"] is JsonValue raw && raw.GetValueKind() == JsonValueKind.String
                    ? raw.DeepClone()
                    : (call["arguments"] ?? new JsonObject()).ToJsonString(),
            },
        })]);
        var message = new JsonObject { ["role"] = "assistant", ["content"] = step["say"]?.DeepClone(), ["refusal"] = step["refuse"]?.DeepClone() };
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        var answered = message.ToJsonString().Length / 4;
        return new JsonObject
        {
            ["id"] = "chatcmpl-scripted",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = message,
                ["finish_reason"] = (string?)step["finish"] ?? (calls.Count > 0 ? "tool_calls" : "stop"),
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 100 * told, ["completion_tokens"] = answered, ["total_tokens"] = (100 * told) + answered },
        };
    }

    // a status, or an object with 'status', 'code', 'after' (seconds) and 'body' (sent as it is)
    private static async Task FailAsync(HttpContext context, JsonNode failure)
    {
        if (failure is not JsonObject told)
        {
            await RefuseAsync(context, failure.GetValue<int>(), "scripted", "The script says so.");
            return;
        }

        if (told["after"] is { } after)
        {
            context.Response.Headers.RetryAfter = after.ToString();
        }

        if ((string?)told["body"] is { } raw)
        {
            context.Response.StatusCode = (int?)told["status"] ?? 200;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(raw, context.RequestAborted);
        }
        else if (told["status"] is { } status)
        {
            await RefuseAsync(context, status.GetValue<int>(), (string?)told["code"] ?? "scripted", "The script says so.");
        }
        else
        {
            context.Abort();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string message) => SendAsync(
        context,
        status,
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["code"] = code } });

    private static Task SendAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
