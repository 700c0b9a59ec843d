using HumanTasks.Core.Forms;
using HumanTasks.Web.Settings;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Checks what a page sent: its uploads, which a program's values do not have, and everything else.</summary>
internal sealed class SentCheck(LimitOptions limits)
{
    /// <summary>Returns all problems in the order of the form.</summary>
    public IReadOnlyList<InputProblem> ProblemsOf(Form form, Sent sent)
    {
        var visible = Visibility.Of(form, sent.Values);
        var ofFiles = sent.UploadProblems
            .Where(problem => form.Find(problem.Field) is null || visible.Contains(problem.Field))
            .ToArray();
        var others = FormInput.Check(form, sent.Values, limits.MaxUploadBytes) is FormInput.Invalid invalid
            ? invalid.Problems.Where(problem => ofFiles.All(other => other.Field != problem.Field))
            : [];
        var order = form.Fields.Select(field => field.Name).ToList();
        return [.. ofFiles.Concat(others).OrderBy(problem => order.IndexOf(FieldOf(problem)))];
    }

    /// <summary>Returns the field to which a problem belongs: of a cell its table.</summary>
    public static string FieldOf(InputProblem problem) => problem.Field.Split('.')[0];

    /// <summary>Returns the files that the form accepts.</summary>
    public Dictionary<string, IReadOnlyList<FileValue>> GoodFilesOf(Form form, Sent sent) => sent.Files
        .Where(files => form.Find(files.Key) is Field.File)
        .Select(files => KeyValuePair.Create(files.Key, Good((Field.File)form.Find(files.Key)!, files.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private IReadOnlyList<FileValue> Good(Field.File field, IReadOnlyList<FileValue> files)
    {
        var limit = Math.Min(field.MaxBytes ?? limits.MaxUploadBytes, limits.MaxUploadBytes);
        return [.. files.Where(file => file.Size <= limit && file.IsAcceptedBy(field))];
    }
}
