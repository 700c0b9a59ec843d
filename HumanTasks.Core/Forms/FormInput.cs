using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>The outcome of looking at what a person sent: clean values, or everything that is wrong with them.</summary>
public abstract record FormInput
{
    private const int MaxUnknown = 50; // so that a body full of names is not answered with many times its size

    private FormInput()
    {
    }

    /// <summary>
    /// Checks all values against the form and answers all problems at once. A field that came empty is null, and so is an empty
    /// cell, and a field that is not visible, where it came or the context holds something in its place; a field that did not
    /// come is left out. Read-only fields keep their own value, moments are normalized; nothing else is changed.
    /// </summary>
    /// <param name="form">A resolved form.</param>
    /// <param name="values">Field name to value, null for one that was emptied; for file fields a <see cref="FileValue"/> as JSON, or a list of them.</param>
    /// <param name="maxFileBytes">The host's limit for one file.</param>
    /// <param name="context">What the values go on with.</param>
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
                    clean[field.Name] = null; // what was answered before does not stand for a question that is not asked
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

    /// <summary>Whether a value is no answer: null, a text without anything to see, or an empty list.</summary>
    public static bool IsEmpty(JsonNode? value) => JsonValues.IsEmpty(value);

    private static string At(string field) => Reading.JsonPointer.Append("/values", field);

    public sealed record Valid(JsonObject Values) : FormInput;

    public sealed record Invalid(IReadOnlyList<InputProblem> Problems) : FormInput;

    /// <summary>The number of bytes as a person reads it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1 << 20):0.#} MB"),
        >= 1 << 10 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1 << 10):0.#} kB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
    };
}
