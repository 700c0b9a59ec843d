using System.Text.Json.Serialization;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.Runs;

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
