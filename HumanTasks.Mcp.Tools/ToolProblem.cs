namespace HumanTasks.Mcp.Tools;

/// <summary>A problem of a call, described for a model that repairs it.</summary>
/// <param name="Pointer">The location as a JSON pointer (RFC 6901) into the arguments.</param>
/// <param name="Message">The problem and, if helpful, a valid alternative. Ends with a full stop.</param>
internal sealed record ToolProblem(string Pointer, string Message);
