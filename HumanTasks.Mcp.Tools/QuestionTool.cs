using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HumanTasks.Mcp.Tools;

/// <summary>
/// A tool that validates all its arguments first and reports all their problems at once.
/// </summary>
internal sealed class QuestionTool : McpServerTool
{
    // readable for models
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Default) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<ToolArgument> arguments;
    private readonly Func<ToolCall, CancellationToken, Task<ToolAnswer>> answer;

    public QuestionTool(
        Tool tool, JsonObject output, IReadOnlyList<ToolArgument> arguments, Func<ToolCall, CancellationToken, Task<ToolAnswer>> answer)
    {
        this.arguments = arguments;
        this.answer = answer;
        tool.InputSchema = Element(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(arguments.Select(argument => KeyValuePair.Create<string, JsonNode?>(argument.Name, argument.Schema()))),
            ["required"] = new JsonArray([.. arguments.Where(argument => argument.Required).Select(argument => (JsonNode)argument.Name)]),
            ["additionalProperties"] = false,
        });
        tool.OutputSchema = Element(output);
        ProtocolTool = tool;
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var call = new ToolCall(request, new ToolArguments(arguments, request.Params?.Arguments));
        ToolAnswer answered;
        try
        {
            answered = await answer(call, cancellationToken);
        }
        catch (HumanTasksException refused)
        {
            answered = ToolAnswer.Refuse(refused.Errors.Count == 0
                ? refused.Message
                : string.Join('\n', refused.Errors.Select(error => $"{error.Pointer}: {error.Message}")));
        }
        catch (HttpRequestException lost)
        {
            answered = ToolAnswer.Refuse($"Couldn't reach HumanTasks: {lost.Message} Try again later.");
        }

        return new CallToolResult
        {
            IsError = answered.Content is null ? true : null,
            Content = [new TextContentBlock { Text = answered.Content?.ToJsonString(Readable) ?? answered.Refusal! }],
            StructuredContent = answered.Content is { } content ? Element(content) : null,
        };
    }

    private static JsonElement Element(JsonObject json) => JsonElement.Parse(json.ToJsonString());
}
