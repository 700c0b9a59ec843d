namespace HumanTasks.Web.Api;

public sealed record BulkAnswer(IReadOnlyList<BulkItem> Items);
