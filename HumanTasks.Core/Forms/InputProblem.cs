using System.Text.Json.Serialization;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>A problem with the value of one field.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Pointer">The place in the submitted document, as a JSON pointer: <c>/values/amount</c>.</param>
/// <param name="Message">The message, in the language of the person who responds.</param>
public sealed record InputProblem(string Field, string Pointer, string Message)
{
    public string Message { get; } = Isolates.Without(Message);

    /// <summary>The same with what people and authors wrote between <see cref="Isolates"/>, for a page.</summary>
    [JsonIgnore]
    public string Isolated { get; } = Message;
}
