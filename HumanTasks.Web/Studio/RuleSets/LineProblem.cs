namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>A problem with its line.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Pointer">The JSON pointer.</param>
/// <param name="Message">The problem.</param>
public sealed record LineProblem(int Line, string Pointer, string Message);
