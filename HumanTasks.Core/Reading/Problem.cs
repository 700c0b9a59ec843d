namespace HumanTasks.Core.Reading;

/// <summary>One thing wrong with a document that somebody sent.</summary>
/// <param name="Pointer">Where, as a JSON pointer (RFC 6901) into the document.</param>
/// <param name="Message">What is wrong and, where it helps, what would be right. Ends with a full stop.</param>
/// <param name="Shape">True for an unknown member or a wrong type; false for a value that breaks a rule.</param>
public sealed record Problem(string Pointer, string Message, bool Shape = false);
