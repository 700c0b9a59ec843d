using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Runs;

/// <summary>How far an agent is: what decides about its next call, beside the transcript of those that are committed.</summary>
public sealed record AgentProgress
{
    /// <summary>How many calls of the model are committed; none of them is repeated.</summary>
    public int Calls { get; init; }

    /// <summary>How many of them count against the limits: those since the run was last started or retried.</summary>
    public int CallsCounted { get; init; }

    /// <summary>Tokens of the calls that count.</summary>
    public long Tokens { get; init; }

    /// <summary>How long the calls that count took.</summary>
    public long Milliseconds { get; init; }

    /// <summary>How often people were asked.</summary>
    public int Rounds { get; init; }

    /// <summary>How many answers of the model in a row were of no use.</summary>
    public int Refused { get; init; }

    /// <summary>How many tasks the agent made; the newest is named after it.</summary>
    public int Tasks { get; init; }

    /// <summary>The model's call that waits for a person; null while none does.</summary>
    public AgentPart.Call? Waiting { get; init; }

    /// <summary>What the model is told with the next call.</summary>
    public IReadOnlyList<AgentPart> Next { get; init; } = [];

    /// <summary>The same after somebody asked for another try: the limits count anew.</summary>
    public AgentProgress Anew() => this with { CallsCounted = 0, Tokens = 0, Milliseconds = 0, Rounds = 0, Refused = 0 };
}

/// <summary>A part of a conversation with a model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(Instructions), "instructions")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(Readable), "file")]
[JsonDerivedType(typeof(Result), "result")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Call), "call")]
public abstract record AgentPart
{
    private AgentPart()
    {
    }

    /// <summary>What the model is to do.</summary>
    public sealed record Instructions(string Text) : AgentPart;

    /// <summary>What we tell it besides.</summary>
    public sealed record Told(string Text) : AgentPart;

    /// <summary>A file that a person uploaded and the model may read; its bytes stay in the file store.</summary>
    public sealed record Readable(string TaskId, FileValue File) : AgentPart;

    /// <summary>What became of a call of a tool, as JSON.</summary>
    public sealed record Result(string CallId, string Json) : AgentPart;

    /// <summary>What the model said in words.</summary>
    public sealed record Said(string Text) : AgentPart;

    /// <summary>A tool that the model called, with its arguments as JSON.</summary>
    public sealed record Call(string Id, string Tool, string Arguments) : AgentPart;
}
