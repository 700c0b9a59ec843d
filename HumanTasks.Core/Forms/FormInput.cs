using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>The result of validating submitted values: clean values, or all their problems.</summary>
public abstract record FormInput
{
    private const int MaxUnknown = 50; // limits the response to a body full of unknown names

    private FormInput()
    {
    }

    /// <summary>
    /// Checks all values against the form and reports all problems at once. A field submitted empty becomes null, and
    /// so does an empty cell. An invisible field becomes null if it was submitted or the context has a value for it. A
    /// field that was not submitted is left out. Read-only fields keep their own value and moments are normalized;
    /// nothing else changes.
    /// </summary>
    /// <param name="form">A resolved form.</param>
    /// <param name="values">
    /// The values by field name; null for an emptied field. File fields have a <see cref="FileValue"/> as JSON, or a
    /// list of them.
    /// </param>
    /// <param name="maxFileBytes">The host's limit for one file, in bytes.</param>
    /// <param name="context">The context into which the values are merged; null for none.</param>
    public static FormInput Check(Form form, JsonObject values, long maxFileBytes, JsonObject? context = null)
    {
        var visible = Visibility.Of(form, values);
        var clean = new JsonObject();
        List<InputProblem> problems = [];

        foreach (var (name, _) in values.Where(value => form.Find(value.Key) is not { TakesInput: true }).Take(MaxUnknown))
        {
            problems.Add(new InputProblem(name, At(name), FormTexts.Get("UnknownField", name)));
        }

        foreach (var field in form.Fields.Where(field => field.TakesInput))
        {
            if (!visible.Contains(field.Name))
            {
                if (!field.ReadOnly && (values.ContainsKey(field.Name) || context?.ContainsKey(field.Name) == true))
                {
                    clean[field.Name] = null; // an earlier answer must not count for a hidden field
                }

                continue;
            }

            var given = field.ReadOnly ? field.Value : values[field.Name];
            if (IsEmpty(given))
            {
                if (!field.ReadOnly && values.ContainsKey(field.Name))
                {
                    clean[field.Name] = null;
                }

                if (field is { MustBeAnswered: true, ReadOnly: false })
                {
                    Refuse(field, field.Missing());
                }

                continue;
            }

            if (field.ReadOnly)
            {
                clean[field.Name] = given!.DeepClone();
                continue;
            }

            if (field is Field.Table table)
            {
                var (rows, wrong) = table.CheckRows(given!, At(field.Name), maxFileBytes);
                clean[field.Name] = rows;
                problems.AddRange(wrong);
                continue;
            }

            var (value, problem) = field.Check(given!, maxFileBytes);
            if (problem is null)
            {
                clean[field.Name] = value;
            }
            else
            {
                Refuse(field, problem);
            }
        }

        return problems.Count == 0 ? new Valid(clean) : new Invalid(problems);

        void Refuse(Field field, string message) =>
            problems.Add(new InputProblem(field.Name, At(field.Name), field.Message ?? message));
    }

    /// <summary>
    /// Returns whether a value is unanswered: null, a text without visible characters, or an empty list.
    /// </summary>
    public static bool IsEmpty(JsonNode? value) => JsonValues.IsEmpty(value);

    private static string At(string field) => Reading.JsonPointer.Append("/values", field);

    public sealed record Valid(JsonObject Values) : FormInput;

    public sealed record Invalid(IReadOnlyList<InputProblem> Problems) : FormInput;
}
