namespace HumanTasks.Client;

/// <summary>An error in the input of a request.</summary>
/// <param name="Pointer">The location as a JSON pointer (RFC 6901).</param>
/// <param name="Message">A description of the error.</param>
public sealed record InputError(string Pointer, string Message);
