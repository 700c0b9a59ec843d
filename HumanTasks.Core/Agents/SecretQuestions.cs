using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Agents;

/// <summary>
/// Questions that no model may put to a person: for a password, a code, the number of a card. Looks at what a field is
/// called and at what the texts around it ask for.
/// </summary>
internal static class SecretQuestions
{
    private const string Why = "Forms can't ask for passwords, codes, keys or card numbers. Remove this field.";

    public static void Refuse(Form form, string? title, string? description, string at, Problems problems)
    {
        for (var i = 0; i < form.Fields.Count; i++)
        {
            Field[] asked = [form.Fields[i], .. (form.Fields[i] as Field.Table)?.Columns ?? []];
            if (asked.Any(Asks))
            {
                problems.Add(JsonPointer.Append($"{at}/fields", i), Why);
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

    /// <summary>A secret that stands alone is asked for by a field that takes it, and named by one that takes yes or no.</summary>
    private static bool Asks(Field field)
    {
        var takesText = field is Field.Text or Field.Number or Field.Email or Field.Url or Field.File or Field.Table or Field.Signature;
        return (takesText && SecretRequests.In(field.Name))
            || SecretRequests.In(field.Label, takesText)
            || SecretRequests.In(field.Help, takesText)
            || SecretRequests.In((field as Field.DisplayOnly)?.Markdown)
            || SecretRequests.In((field as Field.Signature)?.Consent);
    }
}
