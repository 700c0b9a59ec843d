using HumanTasks.Core.Ports;

namespace HumanTasks.Tests.Storage;

/// <summary>The stores of one adapter.</summary>
public sealed record Stores(IRunStore Runs, IRuleSetStore RuleSets, IIdempotencyStore Idempotency, IDocumentStore Documents);
