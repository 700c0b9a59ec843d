namespace HumanTasks.Web.Outbox;

internal sealed record OutboxAnswer(IReadOnlyList<OutboxItem> Items);
