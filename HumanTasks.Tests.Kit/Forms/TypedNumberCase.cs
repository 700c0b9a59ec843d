using System.Globalization;

namespace HumanTasks.Tests.Forms;

/// <param name="Languages">Of the pages on which it means this.</param>
/// <param name="Typed">As it is typed.</param>
/// <param name="Means">No number, one, or two.</param>
/// <param name="Thousandths">Whether the field's step has three decimals.</param>
public sealed record TypedNumberCase(IReadOnlyList<string> Languages, string Typed, IReadOnlyList<string> Means, bool Thousandths = false)
{
    public IReadOnlyList<decimal> Numbers => [.. Means.Select(number => decimal.Parse(number, CultureInfo.InvariantCulture))];
}
