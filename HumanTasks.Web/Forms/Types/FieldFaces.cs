using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;

namespace HumanTasks.Web.Forms.Types;

/// <summary>The faces of all types of fields, by the name of the type.</summary>
internal static class FieldFaces
{
    public static IReadOnlyDictionary<string, FieldFace> All { get; } = new Dictionary<string, FieldFace>(StringComparer.Ordinal)
    {
        ["text"] = new TextFace(),
        ["number"] = new NumberFace(),
        ["integer"] = new NumberFace(),
        ["date"] = new MomentFace(),
        ["time"] = new MomentFace(),
        ["dateTime"] = new MomentFace(),
        ["email"] = new EmailFace(),
        ["url"] = new UrlFace(),
        ["boolean"] = new BooleanFace(),
        ["choice"] = new ChoiceFace(),
        ["multiChoice"] = new MultiChoiceFace(),
        ["rating"] = new RatingFace(),
        ["file"] = new FileFace(),
        ["table"] = new TableFace(),
        ["display"] = new DisplayFace(),
        ["signature"] = new SignatureFace(),
    };

    public static FieldFace Of(Field field) => All[field.Type];

    /// <summary>The answer to a field as plain text; empty for none.</summary>
    public static string Words(Field field, JsonNode? value) => Isolates.Without(Isolated(field, value));

    /// <summary>
    /// The same for a page: what people and authors wrote stands between <see cref="Isolates"/> where there is more in the answer.
    /// </summary>
    public static string Isolated(Field field, JsonNode? value) => value is null ? "" : Of(field).Words(field, value);

    /// <summary>The answer to a field as people read it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its answer; null for none.</param>
    /// <param name="language">In which its author's texts are where they have only one each; null where nobody said.</param>
    public static GivenAnswer Answer(Field field, JsonNode? value, string? language) => new(
        field.SpokenLabel(language),
        Isolated(field, value) is { Length: > 0 } words ? words : null,
        value is null ? null : Of(field).TableOf(field, value, language));

    /// <summary>What a field expects, in words, before somebody gets it wrong; null where there is nothing to say.</summary>
    public static string? HintOf(Field field, LimitOptions limits) => field.ReadOnly ? null : Of(field).HintOf(field, limits);
}
