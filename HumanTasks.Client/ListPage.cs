namespace HumanTasks.Client;

internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);
