using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Agents;

/// <summary>
/// Refuses questions from models that ask a person for a password, a code or a card number. Checks the names of fields
/// and the texts around them.
/// </summary>
internal static class SecretQuestions
{
    private const string Why = "Forms can't ask for passwords, codes, keys or card numbers. Remove this field.";

    public static void Refuse(Form form, string? title, string? description, string at, Problems problems)
    {
        foreach (var field in form.Fields)
        {
            Field[] asked = [field, .. (field as Field.Table)?.Columns ?? []];
            if (asked.Any(Asks))
            {
                problems.Add(at + FormDefinition.PointerOf(form.Definition, field.Name), Why);
            }
        }

        foreach (var (member, text) in new[] { ("title", title), ("description", description) })
        {
            if (SecretRequests.In(text))
            {
                problems.Add($"/{member}", Why);
            }
        }

        if (SecretRequests.In(form.SubmitLabel, alone: false))
        {
            problems.Add($"{at}/submitLabel", Why);
        }
    }

    /// <summary>
    /// Returns whether a field asks for a secret. A secret alone in a label counts only if the field accepts text; a
    /// yes/no field merely names it.
    /// </summary>
    private static bool Asks(Field field)
    {
        var type = FieldTypes.Of(field);
        var takesText = type.TakesText;
        return (takesText && SecretRequests.In(field.Name))
            || SecretRequests.In(field.Label, takesText)
            || SecretRequests.In(field.Help, takesText)
            || type.Asks(field).Any(text => SecretRequests.In(text));
    }
}
