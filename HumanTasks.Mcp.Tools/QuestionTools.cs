using System.Text.Json.Nodes;
using HumanTasks.Client;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace HumanTasks.Mcp.Tools;

/// <summary>
/// The five MCP tools, built on the client library. A question's handle is the ID of its task, so an interrupted wait can be
/// resumed after a restart of either side.
/// </summary>
public static class QuestionTools
{
    private const int MostListed = 100;

    private static readonly ToolArgument Handle = new("handle", "The handle that ask_human returned.", "string") { Required = true, MaxLength = 200 };

    private static readonly ToolArgument WaitSeconds =
        new("waitSeconds", "How long to wait for the response, 0 to 600 seconds. Default 45, because many proxies end an idle request after 60.", "integer") { Minimum = 0, Maximum = 600 };

    /// <summary>
    /// Adds the tools. They need a registered <see cref="HumanTasksClient"/> and <c>IHostApplicationLifetime</c>.
    /// </summary>
    public static IMcpServerBuilder WithQuestionTools(this IMcpServerBuilder builder) =>
        builder.WithTools([Ask(), Get(), Wait(), Cancel(), List()]);

    private static QuestionTool Ask() => new(
        new Tool
        {
            Name = "ask_human",
            Title = "Ask a person",
            Description = """
                Asks a person with a form and waits for the response. HumanTasks emails the person a secure link; no account is needed. If
                nobody responds within waitSeconds, you get status 'pending' and a handle. Call wait_for_answer or get_answer with it later, even
                days later. Set 'schema' or 'fields', or neither for one free text. Never ask for passwords, codes or card numbers.
                """,
            Annotations = new ToolAnnotations { OpenWorldHint = true, DestructiveHint = false },
        },
        QuestionState.Schema(),
        [
            new("question", "The question in a few words. The person sees it first.", "string") { Required = true, MaxLength = 300 },
            new("description", "Markdown: what the person must know to respond.", "string") { MaxLength = 20_000 },
            new("schema", "The JSON Schema of the response: an object. Its properties are strings, numbers, booleans, enums, objects, or lists of these. Local '$ref' works. Without properties, the person only confirms.", "object", "string"),
            new("fields", "Instead of a schema: fields as { name, type, label, required, options, … } with type text, number, integer, date, time, dateTime, email, url, boolean, choice, multiChoice, rating, table or file.", "array", "string"),
            new("assignee", "The assignee's email address. Omit it for the default assignee.", "string") { MaxLength = 254 },
            WaitSeconds,
            new("expiresInHours", "Hours until the question expires.", "number"),
            new("allowReject", "Whether the person may decline with a reason. Default true.", "boolean"),
            new("key", "Idempotency key: calls with the same key within a day create one question. Set it if you might repeat this call.", "string") { MaxLength = 200 },
        ],
        Asking.AskAsync);

    private static QuestionTool Get() => new(
        new Tool
        {
            Name = "get_answer",
            Title = "Get an answer",
            Description = "Gets the current status of a question, and its response if there is one.",
            Annotations = new ToolAnnotations { ReadOnlyHint = true },
        },
        QuestionState.Schema(),
        [Handle],
        async (call, cancellationToken) => HandleOf(call) is { } handle
            ? QuestionState.Of(await call.Client.GetTaskAsync(handle, cancellationToken))
            : ToolAnswer.Refuse(call.Problems));

    private static QuestionTool Wait() => new(
        new Tool
        {
            Name = "wait_for_answer",
            Title = "Wait for an answer",
            Description = "Waits up to waitSeconds until a question is answered, declined, expired or cancelled, and returns its status.",
            Annotations = new ToolAnnotations { ReadOnlyHint = true },
        },
        QuestionState.Schema(),
        [Handle, WaitSeconds],
        async (call, cancellationToken) => HandleOf(call) is { } handle
            ? await Asking.WaitAsync(call, handle, null, cancellationToken)
            : ToolAnswer.Refuse(call.Problems));

    private static QuestionTool Cancel() => new(
        new Tool
        {
            Name = "cancel_question",
            Title = "Cancel a question",
            Description = "Cancels a pending question.",
            Annotations = new ToolAnnotations { DestructiveHint = true, IdempotentHint = true },
        },
        QuestionState.Schema(),
        [Handle, new("reason", "The reason. The person can read it.", "string") { MaxLength = 1000 }],
        CancelAsync);

    private static QuestionTool List() => new(
        new Tool
        {
            Name = "list_questions",
            Title = "List questions",
            Description = "Lists this environment's questions, newest first, up to 100.",
            Annotations = new ToolAnnotations { ReadOnlyHint = true },
        },
        QuestionState.ListSchema(),
        [
            new("status", "One of: pending, answered, rejected, expired, cancelled, all. Default pending.", "string")
            {
                Words = ["pending", "answered", "completed", "rejected", "expired", "cancelled", "all"],
            },
        ],
        ListAsync);

    private static async Task<ToolAnswer> CancelAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (HandleOf(call) is not { } handle)
        {
            return ToolAnswer.Refuse(call.Problems);
        }

        try
        {
            await call.Client.CancelTaskAsync(handle, call.Arguments.Text("reason"), cancellationToken);
        }
        catch (HumanTasksException over) when (over.Is("task-is-over"))
        {
            // the task itself shows how it ended
        }

        return QuestionState.Of(await call.Client.GetTaskAsync(handle, cancellationToken));
    }

    private static async Task<ToolAnswer> ListAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (call.Problems.Count > 0)
        {
            return ToolAnswer.Refuse(call.Problems);
        }

        var status = call.Arguments.Text("status") ?? "pending";
        var questions = new JsonArray();
        await foreach (var task in call.Client.ListTasksAsync(status == "answered" ? "completed" : status, cancellationToken: cancellationToken))
        {
            questions.Add((JsonNode)QuestionState.Of(task));
            if (questions.Count == MostListed)
            {
                break;
            }
        }

        return new JsonObject { ["questions"] = questions };
    }

    /// <summary>Returns the handle, or null if the call has problems.</summary>
    private static string? HandleOf(ToolCall call)
    {
        // the handle is a path segment, so it must not contain separators or dots
        if (call.Arguments.Text(Handle.Name) is { } handle && !handle.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '~'))
        {
            call.Problems.Add(ToolProblems.At("", Handle.Name), "Invalid handle. Use the one that ask_human or list_questions returned.");
        }

        return call.Problems.Count == 0 ? call.Arguments.Text(Handle.Name) : null;
    }
}
