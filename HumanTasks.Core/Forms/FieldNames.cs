using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>
/// The names of a form's fields or a table's columns. JSON names are case-sensitive, but people confuse names that
/// differ only in case. Saving refuses such names; stored forms keep them.
/// </summary>
internal sealed class FieldNames
{
    private readonly Dictionary<string, string> firsts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public bool Contains(string name) => names.Contains(name);

    /// <summary>Returns the name of a field, or an empty text with a problem recorded.</summary>
    public string Read(ObjectReader field)
    {
        var name = field.RequiredText("name", 64);
        if (name.Length == 0)
        {
            return name;
        }

        if (!names.Add(name))
        {
            field.Refuse("name", $"Field name '{name}' is used twice.");
        }
        else if (!firsts.TryAdd(name, name) && field.Problems is { Stored: false, Resolved: false })
        {
            field.Refuse("name", $"'{name}' and '{firsts[name]}' differ only in case. Rename one of them.");
        }

        return name;
    }
}
