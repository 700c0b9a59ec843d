namespace HumanTasks.Core.Agents;

/// <summary>
/// The words by which one language asks for secrets and mentions them. Each entry contains the alternatives of a
/// regular expression, in plain words (<see cref="PlainWords"/>). A space matches a space, a hyphen, or nothing between
/// words that may be joined.
/// </summary>
internal sealed partial record SecretWords
{
    /// <summary>Secrets with the same name in every language.</summary>
    private const string Everywhere =
        "pass ?words?|pass ?codes?|passwd|pwd|pins?|pin ?codes?|otps?|totp|tans?|cvv2?|cvc2?|api[ -]?keys?|api[ -]?tokens?|access[ -]?tokens?|ssh[ -]?keys?|"
        + "private[ -]keys?|seed[ -]?phrases?|bearer[ -]?tokens?|client[ -]?secrets?|auth[ -]?tokens?|tokens?";

    /// <summary>Words for secrets.</summary>
    public required string Things { get; init; }

    /// <summary>Words that ask for the secret after them.</summary>
    public required string Asks { get; init; }

    /// <summary>Words that ask for the secret before them.</summary>
    public string AsksAfter { get; init; } = "(?!)";

    /// <summary>Words between a request and a secret which show that something else is asked for.</summary>
    public required string Between { get; init; }

    /// <summary>Words directly after a secret that change its meaning, such as policy or manager.</summary>
    public string HeadsAfter { get; init; } = "(?!)";

    /// <summary>Words directly before a secret that change its meaning.</summary>
    public string HeadsBefore { get; init; } = "(?!)";

    /// <summary>Words that may accompany a secret that stands alone, as in a field label.</summary>
    public required string Fillers { get; init; }

    /// <summary>Words between a secret and its owner. A secret of a service also stands alone.</summary>
    public string Belongings { get; init; } = "(?!)";

    /// <summary>Words before a request, or between it and the secret, that turn it into a warning.</summary>
    public required string Negations { get; init; }

    /// <summary>Words that turn a warning back into a request, such as "do not forget to".</summary>
    public string Reminders { get; init; } = "(?!)";

    /// <summary>Openings of sentences that ask about the topic, whatever else they contain.</summary>
    public string Topics { get; init; } = "(?!)";

    /// <summary>Matches sentences that may be in this language.</summary>
    public string Script { get; init; } = "[a-z]";

    /// <summary>Whether the script separates words by spaces.</summary>
    public bool Spaced { get; init; } = true;

    public static IReadOnlyList<SecretWords> All { get; } =
        [English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Japanese, Chinese, Arabic];
}
