namespace HumanTasks.Core.Agents;

/// <summary>
/// How one language asks for a secret and how it speaks of one. Each entry is the alternatives of a regular expression, in
/// plain words (<see cref="PlainWords"/>); a space is any space, hyphen or nothing between words that may be written together.
/// </summary>
internal sealed partial record SecretWords
{
    /// <summary>Secrets that go by the same name everywhere.</summary>
    private const string Everywhere =
        "pass ?words?|pass ?codes?|passwd|pwd|pins?|pin ?codes?|otps?|totp|tans?|cvv2?|cvc2?|api[ -]?keys?|api[ -]?tokens?|access[ -]?tokens?|ssh[ -]?keys?|"
        + "private[ -]keys?|seed[ -]?phrases?|bearer[ -]?tokens?|client[ -]?secrets?|auth[ -]?tokens?|tokens?";

    /// <summary>What a secret is called.</summary>
    public required string Things { get; init; }

    /// <summary>What asks for the secret that follows.</summary>
    public required string Asks { get; init; }

    /// <summary>What asks for the secret before it.</summary>
    public string AsksAfter { get; init; } = "(?!)";

    /// <summary>What between the two means that something else is asked for.</summary>
    public required string Between { get; init; }

    /// <summary>What directly after a secret makes another thing of it: a policy, a manager.</summary>
    public string HeadsAfter { get; init; } = "(?!)";

    /// <summary>What directly before it does.</summary>
    public string HeadsBefore { get; init; } = "(?!)";

    /// <summary>What stands beside a secret that stands alone, as the label of a field does.</summary>
    public required string Fillers { get; init; }

    /// <summary>What leads from one secret to whose it is: a secret of a service stands alone as well.</summary>
    public string Belongings { get; init; } = "(?!)";

    /// <summary>What before a request, or between it and the secret, turns it into a warning.</summary>
    public required string Negations { get; init; }

    /// <summary>What turns a warning into a request again: do not forget to.</summary>
    public string Reminders { get; init; } = "(?!)";

    /// <summary>How a sentence begins that asks about the topic, whatever else is in it.</summary>
    public string Topics { get; init; } = "(?!)";

    /// <summary>What a sentence has in it that can be of this language.</summary>
    public string Script { get; init; } = "[a-z]";

    /// <summary>False for a script that sets no words apart.</summary>
    public bool Spaced { get; init; } = true;

    public static IReadOnlyList<SecretWords> All { get; } =
        [English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Japanese, Chinese, Arabic];
}
