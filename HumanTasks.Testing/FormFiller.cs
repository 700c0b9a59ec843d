using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Testing;

/// <summary>Generates valid values for the fields of a form from its definition.</summary>
public static class FormFiller
{
    /// <summary>
    /// Returns valid values for a form with one page or several: the given ones, prefilled ones, and an example for every
    /// other visible field that must be answered. File fields are left out, because files are uploaded.
    /// </summary>
    /// <param name="form">The form definition with its templates resolved.</param>
    /// <param name="values">The values to use as they are; all others are generated.</param>
    public static JsonObject Fill(JsonObject form, JsonObject? values)
    {
        ArgumentNullException.ThrowIfNull(form);
        var read = Read(form);
        var filled = ExampleAnswers.Complete(read, values);
        foreach (var field in read.Fields.OfType<Field.File>())
        {
            filled.Remove(field.Name);
        }

        return filled;
    }

    /// <summary>The name of the first visible field that must be answered; null when there is none.</summary>
    internal static string? FirstRequired(JsonObject form, JsonObject values) => ExampleAnswers.FirstRequired(Read(form), values);

    /// <summary>A small file for each visible file field that must be answered.</summary>
    internal static IReadOnlyList<(string Field, string Name, string ContentType, byte[] Content)> Files(JsonObject form, JsonObject values)
    {
        var read = Read(form);
        var filled = ExampleAnswers.Complete(read, values);
        return
        [
            .. from field in read.Fields.OfType<Field.File>()
               where filled[field.Name] is not null
               let file = ExampleAnswers.FileFor(field)
               select (field.Name, file.Name, file.ContentType, file.Content),
        ];
    }

    private static Form Read(JsonObject form)
    {
        using var document = JsonDocument.Parse(form.ToJsonString());
        return Form.Read(document.RootElement.Clone());
    }
}
