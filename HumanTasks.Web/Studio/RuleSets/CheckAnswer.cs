namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>The problems of a definition, and its hints, which never prevent saving.</summary>
public sealed record CheckAnswer(IReadOnlyList<LineProblem> Problems, IReadOnlyList<LineProblem> Hints);
