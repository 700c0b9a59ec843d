using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Runs;

/// <summary>
/// The progress of an agent, which decides its next call. The transcript of committed calls is stored beside it.
/// </summary>
public sealed record AgentProgress
{
    /// <summary>The number of committed model calls, none of which is repeated.</summary>
    public int Calls { get; init; }

    /// <summary>
    /// The number of calls that count against the limits: those since the run was started or last retried.
    /// </summary>
    public int CallsCounted { get; init; }

    /// <summary>The tokens of the counted calls.</summary>
    public long Tokens { get; init; }

    /// <summary>The duration of the counted calls.</summary>
    public long Milliseconds { get; init; }

    /// <summary>The number of questions to people.</summary>
    public int Rounds { get; init; }

    /// <summary>The number of consecutive unusable answers of the model.</summary>
    public int Refused { get; init; }

    /// <summary>The number of tasks that the agent created; the newest is named after it.</summary>
    public int Tasks { get; init; }

    /// <summary>The tool call that waits for a person; null if none does.</summary>
    public AgentPart.Call? Waiting { get; init; }

    /// <summary>The messages to the model in the next call.</summary>
    public IReadOnlyList<AgentPart> Next { get; init; } = [];

    /// <summary>Returns the progress after a retry, with the limits reset.</summary>
    public AgentProgress Anew() => this with { CallsCounted = 0, Tokens = 0, Milliseconds = 0, Rounds = 0, Refused = 0 };
}

/// <summary>A message in a conversation with a model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(Instructions), "instructions")]
[JsonDerivedType(typeof(Input), "told")]
[JsonDerivedType(typeof(Readable), "file")]
[JsonDerivedType(typeof(Result), "result")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Call), "call")]
public abstract record AgentPart
{
    private AgentPart()
    {
    }

    /// <summary>The instructions for the model.</summary>
    public sealed record Instructions(string Text) : AgentPart;

    /// <summary>Additional information for the model.</summary>
    public sealed record Input(string Text) : AgentPart;

    /// <summary>An uploaded file that the model may read. Its bytes stay in the file store.</summary>
    public sealed record Readable(string TaskId, FileValue File) : AgentPart;

    /// <summary>The result of a tool call, as JSON.</summary>
    public sealed record Result(string CallId, string Json) : AgentPart;

    /// <summary>Text from the model.</summary>
    public sealed record Said(string Text) : AgentPart;

    /// <summary>A tool call of the model, with its arguments as JSON.</summary>
    public sealed record Call(string Id, string Tool, string Arguments) : AgentPart;
}
