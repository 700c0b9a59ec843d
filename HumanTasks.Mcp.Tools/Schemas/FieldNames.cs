using System.Globalization;
using System.Text;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>
/// Field names for property names, which may be any text. They are stored with tasks, so the same property must always
/// get the same name.
/// </summary>
internal sealed class FieldNames
{
    private const int MaxLength = 64;

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the property's own name if it is a valid and unused field name, otherwise another one.
    /// </summary>
    public string For(IEnumerable<string> path)
    {
        var wanted = Fitting(string.Join('_', path));
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{number}");
            name = wanted[..Math.Min(wanted.Length, MaxLength - suffix.Length)] + suffix;
        }

        return name;
    }

    private static string Fitting(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            name.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_');
        }

        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
        {
            name.Insert(0, "f");
        }

        return name.ToString(0, Math.Min(name.Length, MaxLength));
    }
}
