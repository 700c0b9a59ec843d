using System.Diagnostics.CodeAnalysis;

namespace HumanTasks.Client;

/// <summary>A typed response, or the reason why there is none.</summary>
/// <param name="Outcome">The outcome of the question.</param>
/// <param name="Task">The task at the time it was read.</param>
public sealed record Answer<T>(Outcome Outcome, HumanTask Task)
{
    /// <summary>The response; default unless <see cref="Outcome"/> is <see cref="Outcome.Answered"/>.</summary>
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
