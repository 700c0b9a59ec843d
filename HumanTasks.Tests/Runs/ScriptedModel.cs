using System.Text.Json;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.AI;

namespace HumanTasks.Tests.Runs;

/// <summary>A model that says what the test says, in order, and remembers what it was told.</summary>
internal sealed class ScriptedModel : IModels, IChatClient
{
    private readonly Queue<Func<IReadOnlyList<ChatMessage>, ChatResponse>> script = new();

    /// <summary>What it was told, call by call, with the id of the call.</summary>
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, string RequestId)> Calls { get; } = [];

    public bool IsThere { get; set; } = true;

    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Happens while the model thinks.</summary>
    public Func<CancellationToken, Task>? Thinks { get; set; }

    public IReadOnlyList<ChatMessage> LastTold => Calls[^1].Messages;

    /// <summary>The result of the newest call of a tool, as the model was told it.</summary>
    public string LastResult => LastTold.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Last().Result!.ToString()!;

    /// <summary>Everything that it was ever told, as one text.</summary>
    public string Everything => string.Join('\n', Calls.SelectMany(call => call.Messages).SelectMany(message => message.Contents).Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result?.ToString(),
        _ => "",
    }));

    public ScriptedModel CallsFor(params (string Tool, string Arguments)[] calls) => Says(_ => Tools(calls));

    public ScriptedModel Says(string text) => Says(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, text)));

    public ScriptedModel Fails(Exception failure) => Says(_ => throw failure);

    public ScriptedModel Says(Func<IReadOnlyList<ChatMessage>, ChatResponse> answer)
    {
        script.Enqueue(answer);
        return this;
    }

    public static ChatResponse Tools(params (string Tool, string Arguments)[] calls) => new(new ChatMessage(
        ChatRole.Assistant,
        [.. calls.Select((call, index) => Call(call, index))]))
    {
        ModelId = "scripted-1",
        Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 },
    };

    public IChatClient? Find(string? name) => IsThere && name is null or "scripted" ? this : null;

    public string WhyNot(string? name) => "No model is configured: set HumanTasks:Models:0.";

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] told = [.. messages];
        Calls.Add((told, options!, (string)options!.AdditionalProperties![ModelTalk.RequestId]!));
        if (Thinks is { } thinks)
        {
            await thinks(cancellationToken);
        }

        return script.TryDequeue(out var answer) ? answer(told) : throw new InvalidOperationException("The script of the model is over.");
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call((string Tool, string Arguments) call, int index)
    {
        try
        {
            var arguments = JsonElement.Parse(call.Arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
            return new FunctionCallContent($"call-{Random.Shared.NextInt64():x}-{index}", call.Tool, arguments);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return new FunctionCallContent($"call-{index}", call.Tool) { Exception = malformed };
        }
    }
}
