namespace HumanTasks.Core.Forms;

/// <summary>What the text that somebody typed for a number means.</summary>
internal abstract record TypedNumber
{
    private TypedNumber()
    {
    }

    /// <summary>It is no number.</summary>
    public sealed record None : TypedNumber;

    public sealed record One(decimal Value) : TypedNumber;

    /// <summary>1.250 on an English page: one and a quarter, or one thousand two hundred and fifty as others write it.</summary>
    /// <param name="Fraction">With its mark as the decimal mark.</param>
    /// <param name="Thousands">With its mark between groups of digits.</param>
    public sealed record Two(decimal Fraction, decimal Thousands) : TypedNumber;
}
