using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using Microsoft.Extensions.AI;

namespace HumanTasks.Core.Agents;

/// <summary>
/// Makes one model call: sends the conversation in the client's terms and returns the answer in ours.
/// </summary>
internal sealed class ModelTalk(IModels models, IFileStore files, TimeProvider time)
{
    /// <summary>The maximum length of a stored answer, in characters.</summary>
    private const int MaxAnswer = 512 * 1024;

    private const int MaxCalls = 16;
    private const int MaxTextFile = 64 * 1024;
    private const int MaxImage = 5 * 1024 * 1024;

    private static readonly string[] Images = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <param name="action">The action whose model and tools are used.</param>
    /// <param name="before">The conversation so far.</param>
    /// <param name="call">The call to make, with its number, ID and new messages.</param>
    /// <param name="mostTokens">The maximum number of tokens in the answer.</param>
    /// <param name="timeout">The maximum duration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="EffectFailedException">
    /// The provider did not respond, refused, or stopped the conversation.
    /// </exception>
    public async Task<ModelCall> AskAsync(
        RuleAction.Agent action,
        IReadOnlyList<ModelCall> before,
        ModelCall call,
        long mostTokens,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var client = models.Find(action.Model) ?? throw new EffectFailedException(models.WhyNot(action.Model)) { MayPass = false };
        var messages = new List<ChatMessage>();
        foreach (var earlier in before)
        {
            await AddAsync(messages, earlier.Given, cancellationToken);
            await AddAsync(messages, earlier.Said, cancellationToken);
        }

        await AddAsync(messages, call.Given, cancellationToken);
        var options = new ChatOptions
        {
            Tools = AgentTools.Of(action),
            MaxOutputTokens = (int)Math.Min(mostTokens, 16_000),
            AdditionalProperties = new AdditionalPropertiesDictionary { [RequestId] = call.RequestId },
        };
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var started = time.GetTimestamp();
        ChatResponse answer;
        try
        {
            answer = await client.GetResponseAsync(messages, options, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EffectFailedException($"The model did not respond within {timeout.TotalSeconds:0} seconds.");
        }

        return Take(call, answer, messages) with
        {
            At = time.GetUtcNow(),
            Milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    /// <summary>The name of the option with the ID of a call.</summary>
    public const string RequestId = "humantasks.requestId";

    /// <summary>
    /// The name of the property with the arguments as the model wrote them, for clients that keep them.
    /// </summary>
    public const string RawArguments = "humantasks.arguments";

    private static ModelCall Take(ModelCall call, ChatResponse answer, List<ChatMessage> messages)
    {
        var contents = answer.Messages.SelectMany(message => message.Contents).ToArray();
        if (answer.FinishReason == ChatFinishReason.ContentFilter)
        {
            throw new EffectFailedException("The model provider's content filter stopped the response.") { MayPass = false };
        }

        if (contents.OfType<ErrorContent>().FirstOrDefault() is { } refusal)
        {
            throw new EffectFailedException($"The model refused: {Cut(refusal.Message, 500)}") { MayPass = false };
        }

        List<AgentPart> said = [];
        string? unusable = null;
        var text = string.Concat(contents.OfType<TextContent>().Select(content => content.Text));
        var calls = contents.OfType<FunctionCallContent>().ToArray();
        string[] arguments = [.. calls.Select(ArgumentsOf)];
        if (text.Length > 0)
        {
            said.Add(new AgentPart.Said(Cut(text, 20_000)));
        }

        var room = MaxAnswer;
        foreach (var (index, made) in calls.Take(MaxCalls).Index())
        {
            room -= arguments[index].Length;
            said.Add(new AgentPart.Call(
                Cut(string.IsNullOrEmpty(made.CallId) ? $"call-{call.Number}-{index}" : made.CallId, 200),
                Cut(made.Name ?? "", 100),
                room >= 0 ? arguments[index] : TooLarge));
        }

        if (calls.Length > MaxCalls)
        {
            unusable = $"You called {calls.Length} tools at once. Only the first {MaxCalls} were read.";
        }
        else if (answer.FinishReason == ChatFinishReason.Length)
        {
            unusable = "Your response was too long and was cut off. Send a shorter one.";
        }

        var usage = answer.Usage;
        return call with
        {
            Model = Cut(answer.ModelId ?? "", 200),
            InputTokens = usage?.InputTokenCount ?? Guess(messages.Sum(message => (long)message.Text.Length)),
            OutputTokens = usage?.OutputTokenCount ?? Guess(text.Length + arguments.Sum(made => (long)made.Length)),
            Said = said,
            Unusable = unusable,
        };
    }

    /// <summary>Replaces arguments that are too large to store.</summary>
    public const string TooLarge = """{"tooLarge":true}""";

    // about four characters per token, used only if the provider reports no usage
    private static long Guess(long characters) => characters / 4;

    /// <summary>Returns the arguments as the model wrote them. Later checks report their errors to the model.</summary>
    private static string ArgumentsOf(FunctionCallContent call)
    {
        if (call.AdditionalProperties?.TryGetValue(RawArguments, out var raw) == true && raw is string written)
        {
            return Tidy(written);
        }

        if (call.Exception is not null)
        {
            return "";
        }

        var members = (call.Arguments ?? new Dictionary<string, object?>()).Select(argument =>
            $"{JsonValue.Create(argument.Key).Plainly()}:{JsonOf(argument.Value)}");
        return Tidy($"{{{string.Join(',', members)}}}");
    }

    private static string JsonOf(object? value) => value switch
    {
        null => "null",
        JsonElement element => element.GetRawText(),
        JsonNode node => node.Plainly(),
        _ => JsonValue.Create(value.ToString())!.Plainly(),
    };

    private static string Tidy(string arguments) =>
        arguments.Length <= MaxAnswer && StrictJson.Parse(arguments, new Problems()) is { ValueKind: JsonValueKind.Object } valid
            ? JsonObject.Create(valid)!.Plainly()
            : WholeText.Mended(arguments);

    private async Task AddAsync(List<ChatMessage> messages, IReadOnlyList<AgentPart> parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            var (role, content) = part switch
            {
                AgentPart.Instructions instructions => (ChatRole.System, new TextContent(instructions.Text)),
                AgentPart.Input told => (ChatRole.User, new TextContent(told.Text)),
                AgentPart.Readable readable => (ChatRole.User, await ReadAsync(readable, cancellationToken)),
                AgentPart.Result result => (ChatRole.Tool, new FunctionResultContent(result.CallId, result.Json)),
                AgentPart.Said said => (ChatRole.Assistant, new TextContent(said.Text)),
                AgentPart.Call call => (ChatRole.Assistant, (AIContent)new FunctionCallContent(call.Id, call.Tool, Parsed(call.Arguments))),
                _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
            };
            if (messages.Count > 0 && messages[^1].Role == role && role != ChatRole.Tool)
            {
                messages[^1].Contents.Add(content);
            }
            else
            {
                messages.Add(new ChatMessage(role, [content]));
            }
        }
    }

    // Arguments that were refused as invalid JSON cannot be repeated; their result gives the reason.
    private static Dictionary<string, object?> Parsed(string arguments) =>
        StrictJson.Parse(arguments, new Problems()) is { ValueKind: JsonValueKind.Object } valid
            ? valid.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal)
            : [];

    private async Task<AIContent> ReadAsync(AgentPart.Readable part, CancellationToken cancellationToken)
    {
        var file = part.File;
        var name = AgentPrompt.Mark(new JsonObject { ["name"] = file.Name, ["contentType"] = file.ContentType, ["size"] = file.Size }.Plainly());
        var isText = file.ContentType.StartsWith("text/", StringComparison.Ordinal) || file.ContentType is "application/json" or "application/xml";
        var isImage = Images.Contains(file.ContentType) && file.Size <= MaxImage;
        if ((!isText && !isImage) || await files.OpenAsync(new FileKey(part.TaskId, file.FileId), cancellationToken) is not { } stream)
        {
            return new TextContent($"This file can't be shown to you:\n{name}");
        }

        await using (stream)
        {
            var bytes = new byte[isImage ? (int)file.Size : (int)Math.Min(file.Size, MaxTextFile)];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return isImage
                ? new DataContent(bytes.AsMemory(0, read), file.ContentType) { Name = file.Name }
                : new TextContent(
                    $"A file that a person uploaded{(file.Size > MaxTextFile ? ", first part only" : "")}:\n{name}\n"
                    + AgentPrompt.Mark(Encoding.UTF8.GetString(bytes.AsSpan(0, read))));
        }
    }

    private static string Cut(string text, int most) => Texts.ShortText.Cut(WholeText.Mended(text), most);
}
