namespace HumanTasks.Web.Wire;

internal sealed record ParameterWords(string Parameter, IReadOnlyList<string> Words);
