using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

public sealed record Option(string Value, string Label, string? Language = null)
{
    /// <summary>
    /// Returns the value of the option that a posted text stands for. Browsers send line breaks as CRLF and remove them
    /// from single-line values. A text that matches no option, or several, is returned unchanged.
    /// </summary>
    public static string Meant(IReadOnlyList<Option> options, string sent) =>
        options.Any(option => option.Value == sent) ? sent
        : Only(options, option => LineBreaks.AreSame(option.Value, sent))
            ?? Only(options, option => LineBreaks.Without(option.Value) == sent)
            ?? sent;

    private static string? Only(IReadOnlyList<Option> options, Func<Option, bool> means) =>
        options.Where(means).Take(2).ToArray() is [var only] ? only.Value : null;

    internal static JsonObject Schema() => FormSchema.OfType(
        "array",
        ("minItems", 1),
        ("maxItems", FormReader.MaxOptions),
        ("items", FormSchema.OfMembers(
            new JsonObject { ["value"] = FormSchema.OfType("string"), ["label"] = FormSchema.OfType("string") }, "value")));

    internal static List<Option> ReadAll(ObjectReader field, string language)
    {
        List<Option> options = [];
        HashSet<string> values = new(StringComparer.Ordinal);
        var items = field.Array("options", FormReader.MaxOptions);
        if (field.Any("options") is null || field.IsEmptyList("options"))
        {
            field.Refuse("options", "At least one option is required.");
        }

        foreach (var (item, at) in items)
        {
            if (ObjectReader.Open(item, at, field.Problems) is not { } members)
            {
                continue;
            }

            var value = members.RequiredText(FormShape.OptionValue);
            var isNew = field.Problems is { Stored: false, Resolved: false };
            if (!values.Add(isNew ? LineBreaks.Of(value) : value) && value.Length > 0)
            {
                members.Refuse("value", $"The option value '{value}' is used twice.");
            }

            var label = members.LocalText(FormShape.Label, language);
            options.Add(new Option(value, label?.Text ?? value, label?.Language));
            members.Finish(FormShape.OptionShape);
        }

        return options;
    }
}
