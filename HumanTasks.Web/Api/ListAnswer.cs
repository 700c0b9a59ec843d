namespace HumanTasks.Web.Api;

/// <summary>A page of a list.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);
