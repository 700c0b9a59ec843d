using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>
/// The names of a form's fields or of a table's columns. JSON tells names apart by case and people do not, so two that differ
/// only in case are refused when a form is saved; a stored form keeps them.
/// </summary>
internal sealed class FieldNames
{
    private readonly Dictionary<string, string> firsts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public bool Contains(string name) => names.Contains(name);

    /// <summary>The name of a field, or an empty text with a problem noted.</summary>
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
