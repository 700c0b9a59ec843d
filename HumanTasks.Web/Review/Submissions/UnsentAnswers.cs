using System.Globalization;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Forms.Types;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// The content that a page sent, as its sender reads it: everything typed or chosen, and nothing else.
/// </summary>
internal static class UnsentAnswers
{
    /// <summary>Returns the content.</summary>
    /// <param name="form">The form; null for a sender who may not know it and sees the names of inputs.</param>
    /// <param name="sent">The request's content.</param>
    public static IReadOnlyList<UnsentAnswer> Of(Form? form, Sent sent)
    {
        var asked = form?.Fields
            .Where(field => field is { TakesInput: true, ReadOnly: false })
            .Select(field => new UnsentAnswer(field.SpokenLabel(null), ValueOf(field, sent))) ?? [];
        var others = sent.Typed
            .Where(typed => !PartNames.IsOurs(typed.Key) && !IsOf(form, typed.Key))
            .Select(typed => new UnsentAnswer(Unspoken(typed.Key), string.Join('\n', typed.Value)));
        var files = sent.Files.Keys.Concat(sent.Lost.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => form?.Find(name) is null)
            .Select(name => new UnsentAnswer(Unspoken(name), FilesOf(name, sent)));
        return
        [
            .. asked.Concat(others).Concat(files).Append(new UnsentAnswer(Unspoken(ReviewTexts.Get("RejectReason")), sent.Reason ?? ""))
                .Where(answer => !string.IsNullOrWhiteSpace(answer.Value))
                .Select(answer => answer with { Value = answer.Value.ReplaceLineEndings("\n") }),
        ];
    }

    /// <summary>A label of ours, or a name, which is in no language.</summary>
    private static SpokenText Unspoken(string label) => new(label, null);

    private static bool IsOf(Form? form, string name) =>
        form is not null && (form.Find(name) is not null || TypedRows.IsCell(form, name));

    private static string ValueOf(Field field, Sent sent) => field switch
    {
        Field.Table table => string.Join('\n', TypedRows.Of(table, sent.Typed)
            .Select(row => RowOf(table, row))
            .Where(row => row.Length > 0)
            .Select((row, number) => string.Create(CultureInfo.CurrentCulture, $"{number + 1}. {row}"))),
        Field.File => FilesOf(field.Name, sent),
        _ => TextOf(field, sent.Typed.GetValueOrDefault(field.Name) ?? []),
    };

    private static string RowOf(Field.Table table, IReadOnlyDictionary<string, IReadOnlyList<string>> row) => Punctuation.List(table.Columns
        .Select(column => (column.Label, Text: TextOf(column, row.GetValueOrDefault(column.Name) ?? [])))
        .Where(cell => cell.Text.Length > 0)
        .Select(cell => (Isolates.Around(cell.Label), Isolates.Around(cell.Text))));

    private static string TextOf(Field field, IReadOnlyList<string> typed) =>
        typed.All(string.IsNullOrWhiteSpace) ? "" : FieldFaces.Of(field).TypedWords(field, typed);

    private static string FilesOf(string name, Sent sent) => string.Join('\n', (sent.Files.GetValueOrDefault(name) ?? [])
        .Select(file => file.Name)
        .Concat(sent.Lost.GetValueOrDefault(name) ?? [])
        .Distinct(StringComparer.Ordinal)
        .Select(file => ReviewTexts.Get("UnsentFile", Isolates.Around(file))));
}
