using System.Globalization;
using System.Text.Json;

namespace HumanTasks.Tests.Forms;

/// <summary>What people type for numbers and what it means, for whoever reads it: the server and the script of the page.</summary>
public static class TypedNumbers
{
    public static IReadOnlyList<TypedNumberCase> All { get; } = Read();

    private static TypedNumberCase[] Read()
    {
        using var json = typeof(TypedNumbers).Assembly.GetManifestResourceStream("numbers.json")!;
        return JsonSerializer.Deserialize<TypedNumberCase[]>(json, JsonSerializerOptions.Web)!;
    }
}

/// <param name="Languages">Of the pages on which it means this.</param>
/// <param name="Typed">As it is typed.</param>
/// <param name="Means">No number, one, or two.</param>
/// <param name="Thousandths">Whether the field's step has three decimals.</param>
public sealed record TypedNumberCase(IReadOnlyList<string> Languages, string Typed, IReadOnlyList<string> Means, bool Thousandths = false)
{
    public IReadOnlyList<decimal> Numbers => [.. Means.Select(number => decimal.Parse(number, CultureInfo.InvariantCulture))];
}
