using System.Collections.Frozen;
using System.Globalization;

namespace HumanTasks.Core.Texts;

/// <summary>
/// Names of time zones in words, from Unicode CLDR (<c>ZoneNames.tsv</c>): the machine's own names depend on its system and
/// are kept in the language of whoever asked first.
/// </summary>
public static class ZoneNames
{
    private static readonly Lazy<FrozenDictionary<string, string[]>> Names = new(Read);

    /// <summary>Central European Time; UTC; for a zone without a name its city and offset: "Berlin (UTC+01:00)".</summary>
    /// <param name="there">What a clock of the zone shows when the offset is told.</param>
    public static string Of(TimeZoneInfo zone, DateTime there, CultureInfo culture)
    {
        if (zone.Id is "UTC" or "Etc/UTC")
        {
            return "UTC";
        }

        if (Names.Value.TryGetValue(Iana(zone.Id), out var names))
        {
            return names[Column(culture)];
        }

        var offset = zone.GetUtcOffset(there);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var told = offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{offset:hh\\:mm}");
        var city = zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return zone.Id.StartsWith("Etc/", StringComparison.Ordinal) || city == "GMT" ? told : $"{city} ({told})";
    }

    private static string Iana(string id) => TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var iana) ? iana : id;

    private static int Column(CultureInfo culture)
    {
        var language = Languages.Of(culture.Name) ?? Languages.Fallback;
        return Enumerable.Range(0, Languages.All.Count).First(number => Languages.All[number] == language);
    }

    // each line: the zones, and their name in each of the languages in their order
    private static FrozenDictionary<string, string[]> Read()
    {
        using var stream = typeof(ZoneNames).Assembly.GetManifestResourceStream("HumanTasks.Core.Texts.ZoneNames.tsv")
            ?? throw new InvalidOperationException("The assembly lacks ZoneNames.tsv.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split('\t'))
            .SelectMany(cells => cells[0].Split(' ').Select(id => (Id: id, Names: cells[1..])))
            .ToFrozenDictionary(row => row.Id, row => row.Names, StringComparer.Ordinal);
    }
}
