namespace HumanTasks.Core.Forms;

/// <summary>What is wrong with the answer to one field.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Pointer">Where in the submitted document, as a JSON pointer: <c>/values/amount</c>.</param>
/// <param name="Message">In the language of the person who answers.</param>
public sealed record InputProblem(string Field, string Pointer, string Message);
