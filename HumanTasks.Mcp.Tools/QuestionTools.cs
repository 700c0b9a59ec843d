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

    private static readonly ToolArgument Handle = new("handle", "What ask_human gave you.", "string") { Required = true, MaxLength = 200 };

    private static readonly ToolArgument WaitSeconds =
        new("waitSeconds", "How long to wait for the answer now, 0 to 600 seconds. Default 45, which proxies let pass that end a silent request after 60.", "integer") { Minimum = 0, Maximum = 600 };

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
                Asks a person by a form and waits for the answer. The person is mailed a secure link and needs no account. If nobody
                answers within waitSeconds you get status 'pending' and a handle: call wait_for_answer or get_answer with it later, even
                days later. Give either 'schema' or 'fields', or neither for one free text. Never ask for passwords, codes or card numbers.
                """,
            Annotations = new ToolAnnotations { OpenWorldHint = true, DestructiveHint = false },
        },
        QuestionState.Schema(),
        [
            new("question", "The question in a few words: what the person sees first.", "string") { Required = true, MaxLength = 300 },
            new("description", "Markdown: all that the person must know to answer.", "string") { MaxLength = 20_000 },
            new("schema", "A JSON Schema of the answer: an object whose properties are texts, numbers, booleans, enums, lists of these or of objects, or objects; local '$ref' is followed. Without properties the person confirms.", "object", "string"),
            new("fields", "Instead of a schema: fields as { name, type, label, required, options, … } with type text, number, integer, date, time, dateTime, email, url, boolean, choice, multiChoice, rating, table or file.", "array", "string"),
            new("assignee", "The e-mail address of who is asked; the usual person without it.", "string") { MaxLength = 254 },
            WaitSeconds,
            new("expiresInHours", "After how many hours an answer is too late.", "number"),
            new("allowReject", "Whether the person may decline with a reason. Default true.", "boolean"),
            new("key", "The same key asks once within a day: give one if you may repeat this call.", "string") { MaxLength = 200 },
        ],
        Asking.AskAsync);

    private static QuestionTool Get() => new(
        new Tool
        {
            Name = "get_answer",
            Title = "Look at a question",
            Description = "How a question stands right now, and its answer if there is one.",
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
            Description = "Waits until a question is answered, declined or over, at most waitSeconds; then says how it stands.",
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
            Title = "Take a question back",
            Description = "Takes a question back that nobody answered yet.",
            Annotations = new ToolAnnotations { DestructiveHint = true, IdempotentHint = true },
        },
        QuestionState.Schema(),
        [Handle, new("reason", "Why; the person may read it.", "string") { MaxLength = 1000 }],
        CancelAsync);

    private static QuestionTool List() => new(
        new Tool
        {
            Name = "list_questions",
            Title = "List questions",
            Description = "Questions of this environment, newest first, at most 100.",
            Annotations = new ToolAnnotations { ReadOnlyHint = true },
        },
        QuestionState.ListSchema(),
        [
            new("status", "pending, answered, rejected, expired, cancelled or all. Default pending.", "string")
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
            call.Problems.Add(ToolProblems.At("", Handle.Name), "This is not a handle: give what ask_human or list_questions gave you.");
        }

        return call.Problems.Count == 0 ? call.Arguments.Text(Handle.Name) : null;
    }
}
