#nullable disable

using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>OData literals.</summary>
internal static class Filters
{
    public static string Format(FormattableString filter) =>
        string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]);

    private static string Literal(object value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool truth => truth ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        _ => throw new NotSupportedException($"{value?.GetType()} is no literal here."),
    };
}
