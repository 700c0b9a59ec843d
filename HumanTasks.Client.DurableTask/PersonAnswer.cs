using System.Diagnostics.CodeAnalysis;

namespace HumanTasks.Client.DurableTask;

/// <summary>The outcome of a question, with the typed response.</summary>
/// <param name="Outcome">Answered, rejected, expired or cancelled.</param>
/// <param name="TaskId">The human task.</param>
public sealed record PersonAnswer<T>(Outcome Outcome, string TaskId)
{
    /// <summary>The response; default unless the person responded.</summary>
    public T? Value { get; init; }

    public string? By { get; init; }

    /// <summary>How <see cref="By"/> was verified: link, code, session or apiKey.</summary>
    public string? Verified { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The reason for a rejection or cancellation.</summary>
    public string? Reason { get; init; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsAnswered => Outcome == Outcome.Answered;
}
