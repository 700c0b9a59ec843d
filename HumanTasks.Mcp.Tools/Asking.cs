using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Client;
using HumanTasks.Mcp.Tools.Schemas;

namespace HumanTasks.Mcp.Tools;

/// <summary>Creates a question and waits for its answer in steps, so an interrupted wait can be resumed.</summary>
internal static class Asking
{
    private const int UsualWait = 45;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static async Task<ToolAnswer> AskAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        ToolProblems notes = [];
        var schema = arguments.Json<JsonObject>("schema");
        var fields = arguments.Json<JsonArray>("fields");
        if (arguments.Has("schema") && arguments.Has("fields"))
        {
            call.Problems.Add("/fields", "Set either 'schema' or 'fields', not both.");
        }

        var form = schema is null ? null : FormOfSchema.Read(schema, call.Problems, notes);
        var task = new NewTask
        {
            Title = arguments.Text("question") ?? "?",
            Description = Together(arguments.Text("description"), form?.Description),
            Form = fields is not null ? new JsonObject { ["fields"] = fields } : form?.Form ?? FreeText(),
            Assignee = arguments.Text("assignee") ?? call.UsualAssignee,
            ExpiresInHours = arguments.Number("expiresInHours"),
            AllowReject = arguments.Flag("allowReject"),
            FromModel = new ModelQuestion(fields is null ? schema : null) { Check = call.Problems.Count > 0 ? true : null },
        };
        Asked asked;
        try
        {
            asked = await call.Client.CreateTaskAsync(task, call.Problems.Count > 0 ? null : KeyOf(arguments.Text("key")), cancellationToken);
        }
        catch (HumanTasksException refused) when (refused.Errors.Count > 0 || call.Problems.Count > 0)
        {
            Translate(refused, form, call.Problems);
            return ToolAnswer.Refuse(call.Problems);
        }
        catch (HttpRequestException) when (call.Problems.Count > 0)
        {
            return ToolAnswer.Refuse(call.Problems);
        }

        return await WaitAsync(call, asked.TaskId, NoteOf(asked, notes), cancellationToken);
    }

    /// <param name="call">The call that waits.</param>
    /// <param name="handle">The handle of the question.</param>
    /// <param name="note">A note to return with the result.</param>
    /// <param name="cancellationToken">The token of the client.</param>
    public static async Task<ToolAnswer> WaitAsync(ToolCall call, string handle, string? note, CancellationToken cancellationToken)
    {
        var total = TimeSpan.FromSeconds(call.Arguments.Integer("waitSeconds", UsualWait));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Stopping);
        var started = Stopwatch.GetTimestamp();
        var task = await call.Client.GetTaskAsync(handle, cancellationToken);
        try
        {
            for (var passed = TimeSpan.Zero; passed < total && !task.IsOver; passed = Stopwatch.GetElapsedTime(started))
            {
                await call.TellAsync(
                    (float)passed.TotalSeconds, (float)total.TotalSeconds, $"Waiting for {task.Assignee}. The handle is {handle}.", cancellationToken);
                var left = total - passed;
                task = await call.Client.WaitForTaskAsync(handle, left < Beat ? left : Beat, end.Token);
            }
        }
        catch (Exception lost) when (!cancellationToken.IsCancellationRequested && IsPassing(lost, end.Token))
        {
            note = Together(note, call.Stopping.IsCancellationRequested
                ? "The wait ended early because this server is stopping. The question is still open. Call wait_for_answer with the handle again."
                : "The wait ended early because HumanTasks can't be reached. The question is still open. Call wait_for_answer with the handle again.");
        }

        return QuestionState.Of(task, note);
    }

    /// <summary>Returns whether a failed request may succeed later.</summary>
    private static bool IsPassing(Exception lost, CancellationToken end) => lost is OperationCanceledException or HttpRequestException
        || (lost is HumanTasksException refused && (end.IsCancellationRequested || refused.Status is null or >= HttpStatusCode.InternalServerError));

    private static JsonObject FreeText() => new()
    {
        ["fields"] = new JsonArray(new JsonObject { ["type"] = "text", ["name"] = "answer", ["label"] = "Your answer", ["required"] = true }),
    };

    /// <summary>
    /// Translates the errors of the API to the arguments of the tool, without repeating known problems.
    /// </summary>
    private static void Translate(HumanTasksException refused, FormOfSchema? form, ToolProblems problems)
    {
        var known = problems.Select(problem => problem.Pointer).ToHashSet(StringComparer.Ordinal);
        var pretended = known.Contains("/question") ? "/title" : null;
        foreach (var error in refused.Errors.Where(error => error.Pointer != "/fromModel/check" && error.Pointer != pretended))
        {
            var place = error.Pointer switch
            {
                "/title" => "/question",
                "/fromModel/schema" => FormOfSchema.At,
                var pointer => form?.PlaceOf(pointer) ?? pointer,
            };
            if (!known.Contains(place))
            {
                problems.Add(place, error.Message);
            }
        }

        if (problems.Count == 0)
        {
            problems.Add("", refused.Message);
        }
    }

    private static string? NoteOf(Asked asked, ToolProblems notes) => Together(
        asked.UsualAssignee is { } usual
            ? $"No assignee was given, so the task went to {usual}, the first owner of this environment. It is in the Studio at {asked.StudioLink}"
            : null,
        notes.Count > 0 ? $"Some of the schema isn't checked:\n{notes}" : null);

    private static string? Together(string? first, string? second) =>
        string.IsNullOrWhiteSpace(first) ? second : string.IsNullOrWhiteSpace(second) ? first : $"{first}\n\n{second}";

    /// <summary>Returns the key in a form that is valid in a header.</summary>
    private static string? KeyOf(string? key) =>
        string.IsNullOrEmpty(key) ? null
        : key.All(character => character is > ' ' and <= '~') ? key
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
