namespace HumanTasks.Tests.Runs;

/// <summary>What a receiver of webhooks gets.</summary>
internal sealed record Hook(string Id, string Timestamp, string? Signature, string Body);
