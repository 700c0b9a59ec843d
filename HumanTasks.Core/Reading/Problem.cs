namespace HumanTasks.Core.Reading;

/// <summary>A problem in a received document.</summary>
/// <param name="Pointer">The place, as a JSON pointer (RFC 6901) into the document.</param>
/// <param name="Message">What is wrong and, if helpful, what is allowed. Ends with a period.</param>
/// <param name="Shape">True for an unknown member or a wrong type; false for a value that breaks a rule.</param>
public sealed record Problem(string Pointer, string Message, bool Shape = false);
