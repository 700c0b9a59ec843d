namespace HumanTasks.Web.Errors;

/// <summary>A problem of the input.</summary>
/// <param name="Pointer">The location in the request, as a JSON pointer.</param>
/// <param name="Message">The problem.</param>
public sealed record InputError(string Pointer, string Message);
