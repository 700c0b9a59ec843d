namespace HumanTasks.Core.Expressions;

/// <param name="Start">The index of the first character.</param>
/// <param name="End">The index after the last character.</param>
/// <param name="Kind">The notation.</param>
internal readonly record struct Address(int Start, int End, AddressKind Kind)
{
    public int Length => End - Start;

    /// <summary>Encodes a value for a position in the address after its start.</summary>
    public string Take(string text, int place, string value)
    {
        var before = text[Start..place];
        var isLast = place + 1 >= End;
        if (before.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && before[^1] is ':' or ',')
        {
            return isLast || text[place + 1] is '?' or ',' ? AddressValue.Mailbox(value) : AddressValue.Encode(value);
        }

        return before.EndsWith("://", StringComparison.Ordinal) && (isLast || text[place + 1] is '/' or '?' or '#' or ':')
            ? AddressValue.Host(value)
            : AddressValue.Encode(value);
    }
}
