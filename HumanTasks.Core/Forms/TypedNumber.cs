namespace HumanTasks.Core.Forms;

/// <summary>The meaning of a text typed as a number.</summary>
internal abstract record TypedNumber
{
    private TypedNumber()
    {
    }

    /// <summary>The text is not a number.</summary>
    public sealed record None : TypedNumber;

    public sealed record One(decimal Value) : TypedNumber;

    /// <summary>
    /// An ambiguous number. 1.250 on an English page is one and a quarter, or one thousand two hundred and fifty in
    /// other languages.
    /// </summary>
    /// <param name="Fraction">The value if the separator is a decimal separator.</param>
    /// <param name="Thousands">The value if the separator groups digits.</param>
    public sealed record Two(decimal Fraction, decimal Thousands) : TypedNumber;
}
