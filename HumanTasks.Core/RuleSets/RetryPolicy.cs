using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The attempts and pauses for retrying a failed effect.</summary>
public sealed record RetryPolicy
{
    private const int MostAttempts = 50;

    private static readonly IntegerMember AttemptsMember = new("attempts", 1, MostAttempts) { Says = "How often it is tried at most. Default 50." };
    private static readonly NumberMember FirstSeconds = new("firstSeconds") { Min = 0.1, Max = 86_400, Says = "The pause before the second attempt. Default 2." };
    private static readonly NumberMember FactorMember = new("factor") { Min = 1, Max = 10, Says = "By how much each further pause is longer. Default 2." };
    private static readonly NumberMember MaxSeconds = new("maxSeconds") { Min = 0.1, Max = 86_400, Says = "The longest pause. Default 60." };
    private static readonly HoursMember GiveUpAfterHours = new("giveUpAfterHours", 24 * 7) { Says = "How long after the first failure there is no further attempt. Default 0.2." };

    private static readonly TextsMember OnMember = new("on", 20, 100)
    {
        MinCount = 1,
        Says = "Errors after which it is tried again: http.status.503, http.status.5xx, http.network, http.timeout, email.delivery, email.address or model; a trailing * stands for the rest.",
    };

    internal static readonly Shape Shape = new("Retry", AttemptsMember, FirstSeconds, FactorMember, MaxSeconds, GiveUpAfterHours, OnMember);

    /// <summary>The policy of actions without <c>retry</c>: growing pauses for 12 minutes.</summary>
    public static RetryPolicy Usual { get; } = new();

    /// <summary>
    /// The policy of notices about tasks: one day, at least twice a minute, to deliver soon after an outage.
    /// </summary>
    public static RetryPolicy OfNotices { get; } = new()
    {
        Attempts = int.MaxValue,
        First = TimeSpan.FromSeconds(2),
        Longest = TimeSpan.FromSeconds(30),
        GiveUpAfter = TimeSpan.FromDays(1),
    };

    /// <summary>The maximum number of attempts, from 1. Default 50.</summary>
    public int Attempts { get; init; } = MostAttempts;

    /// <summary>The pause before the second attempt. Default 2 seconds.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The factor by which each pause exceeds the one before, from 1. Default 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest pause. Default 1 minute.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time after the first failure at which retries stop. Default 12 minutes.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(0.2);

    /// <summary>
    /// The errors to retry: names, or prefixes followed by <c>*</c>. Null retries every transient error.
    /// </summary>
    public IReadOnlyList<string>? On { get; init; }

    /// <summary>Returns whether an error is retried.</summary>
    /// <param name="error">The name of the error, such as <c>http.status.503</c>; null if it has none.</param>
    /// <param name="mayPass">Whether the error is usually transient.</param>
    public bool Covers(string? error, bool mayPass) => On is null ? mayPass : error is not null && On.Any(on => Matches(on, error));

    /// <summary>Returns the time of the next attempt, or null if there is none.</summary>
    /// <param name="attempts">The number of attempts so far, from 1.</param>
    /// <param name="since">The time of the first failure.</param>
    /// <param name="now">The time of the last failure.</param>
    /// <param name="least">The minimum pause that the other side asks for; at most one day counts.</param>
    public DateTimeOffset? Next(int attempts, DateTimeOffset since, DateTimeOffset now, TimeSpan? least)
    {
        if (attempts >= Attempts)
        {
            return null;
        }

        var grown = First.TotalSeconds * Math.Pow(Factor, Math.Min(attempts - 1, 100));
        var pause = TimeSpan.FromSeconds(Math.Min(grown, Longest.TotalSeconds));
        if (least is { } asked && asked > pause)
        {
            pause = asked < TimeSpan.FromDays(1) ? asked : TimeSpan.FromDays(1);
        }

        return now + pause is var at && at <= since + GiveUpAfter ? at : null;
    }

    /// <summary>Reads the member <c>retry</c> of an action; null if it is missing.</summary>
    internal static RetryPolicy? Read(ActionReader action)
    {
        if (action.Members.Object(ActionMembers.Retry) is not { } members)
        {
            return null;
        }

        var usual = Usual;
        var policy = new RetryPolicy
        {
            Attempts = members.Integer(AttemptsMember) ?? usual.Attempts,
            First = Seconds(members, FirstSeconds) ?? usual.First,
            Factor = Number(members, FactorMember) ?? usual.Factor,
            Longest = Seconds(members, MaxSeconds) ?? usual.Longest,
            GiveUpAfter = members.Hours(GiveUpAfterHours) is { } hours ? TimeSpan.FromHours(hours) : usual.GiveUpAfter,
            On = ReadErrors(members),
        };
        members.Finish(Shape);
        return policy.Longest < policy.First ? policy with { Longest = policy.First } : policy;
    }

    private static TimeSpan? Seconds(ObjectReader members, NumberMember member) =>
        Number(members, member) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Number(ObjectReader members, NumberMember member)
    {
        if (members.Decimal(member) is not { } number)
        {
            return null;
        }

        if ((double)number >= member.Min && (double)number <= member.Max)
        {
            return (double)number;
        }

        members.Refuse(member, FormattableString.Invariant($"'{member.Name}' must be a number from {member.Min} to {member.Max}."));
        return null;
    }

    private static IReadOnlyList<string>? ReadErrors(ObjectReader members)
    {
        if (members.Any(OnMember) is null)
        {
            return null;
        }

        if (members.IsEmptyList(OnMember))
        {
            members.Refuse(OnMember, "'on' needs at least one error.");
        }

        List<string> errors = [];
        foreach (var (text, pointer) in members.TextsAt(OnMember))
        {
            errors.Add(text);
            if (!IsError(text))
            {
                members.Problems.Add(
                    pointer,
                    $"Unknown error '{text}'. Use http.status.503, http.status.5xx, http.network, http.timeout, email.delivery, "
                    + "email.address or model. A trailing * matches any ending.");
            }
        }

        return errors;
    }

    private static bool IsError(string text) => text switch
    {
        "http.network" or "http.timeout" or "email.delivery" or "email.address" or "model" => true,
        _ when text.EndsWith('*') => Known.Any(known => known.StartsWith(text[..^1], StringComparison.Ordinal)) || text == "*",
        _ => text.StartsWith(Status, StringComparison.Ordinal) && text.Length == Status.Length + 3
            && text[Status.Length] is >= '1' and <= '5'
            && (text.EndsWith("xx", StringComparison.Ordinal) || (char.IsAsciiDigit(text[^1]) && char.IsAsciiDigit(text[^2]))),
    };

    private const string Status = "http.status.";

    private static readonly string[] Known =
        ["http.status.1", "http.status.2", "http.status.3", "http.status.4", "http.status.5", "http.network", "http.timeout", "email.delivery", "email.address", "model"];

    private static bool Matches(string on, string error) =>
        on.EndsWith('*') ? error.StartsWith(on[..^1], StringComparison.Ordinal)
        : on.EndsWith("xx", StringComparison.Ordinal) ? error.Length == on.Length && error.StartsWith(on[..^2], StringComparison.Ordinal)
        : on == error;
}
