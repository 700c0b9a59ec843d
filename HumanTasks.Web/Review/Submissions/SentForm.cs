using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Forms.Types;
using Microsoft.Extensions.Primitives;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Collects the parts of a posted form as they arrive.</summary>
internal sealed class SentForm(string taskId, Form form, KeptFiles keptFiles)
{
    private readonly Dictionary<string, List<string>> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FileValue>> fresh = new(StringComparer.Ordinal);
    private readonly List<InputProblem> problems = [];
    private readonly Dictionary<string, List<string>> lost = new(StringComparer.Ordinal);
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);
    private JsonObject? given;
    private bool isFull;

    /// <summary>Whether an uploaded file could not be stored.</summary>
    public bool IsNotStored { get; set; }

    public IEnumerable<FileValue> Fresh => fresh.Values.SelectMany(files => files);

    /// <summary>The texts in ASP.NET's form type.</summary>
    public Dictionary<string, StringValues> Texts =>
        texts.ToDictionary(text => text.Key, text => new StringValues([.. text.Value]), StringComparer.Ordinal);

    public void AddText(string name, string value)
    {
        if (!texts.TryGetValue(name, out var values))
        {
            texts[name] = values = [];
        }

        values.Add(TypedValues.AsGiven(form, name, value));
    }

    /// <summary>Adds the values of a program that sends JSON beside its files.</summary>
    public void AddValues(JsonObject values) => given = values;

    /// <summary>
    /// Returns the field of a file part, or null, with a problem noted, when it accepts no more files.
    /// </summary>
    public Field.File? FieldOfFile(string name)
    {
        if (form.Find(name) is not Field.File field)
        {
            Refuse(name, FormTexts.Get("UnknownField", name));
            return null;
        }

        if (fresh.GetValueOrDefault(name)?.Count >= field.MaxFiles)
        {
            Refuse(name, FormTexts.Count("TooManyFiles", field.Label, field.MaxFiles));
            return null;
        }

        return field;
    }

    /// <summary>Notes that an uploaded file was not stored.</summary>
    public void AddLost(string name, string fileName)
    {
        if (!lost.TryGetValue(name, out var names))
        {
            lost[name] = names = [];
        }

        names.Add(fileName);
    }

    public void AddUpload(string name, string fileName, Upload upload)
    {
        switch (upload)
        {
            case Upload.Stored stored:
                if (!fresh.TryGetValue(name, out var files))
                {
                    fresh[name] = files = [];
                }

                files.Add(stored.File);
                break;
            case Upload.Refused refused:
                isFull |= refused.IsForNow;
                AddLost(name, fileName);
                Refuse(name, refused.Message);
                break;
        }
    }

    /// <summary>Refuses an uploaded file that was not kept: it must be attached again.</summary>
    public void AddNotKept(Field.File field, string name)
    {
        AddLost(field.Name, name);
        Refuse(field.Name, FormTexts.Get("FileNotKept", field.Label, name));
    }

    /// <summary>Checks whether the kept files that the page sent again still exist, and notes which do not.</summary>
    public async Task FindKeptAsync(Func<FileKey, Task<bool>> isThere)
    {
        foreach (var field in form.Fields.OfType<Field.File>().Where(field => field.Multiple || !fresh.ContainsKey(field.Name)))
        {
            foreach (var file in Kept(field).ToArray())
            {
                if (!await isThere(new FileKey(taskId, file.FileId)))
                {
                    gone.Add(file.FileId);
                    AddNotKept(field, file.Name);
                }
            }
        }
    }

    /// <summary>Whether a page sent the form: it names every field, a program only those that it sets.</summary>
    private bool FromPage => given is null && texts.ContainsKey(PartNames.Round);

    public Sent ToSent()
    {
        var values = given ?? [];
        var language = Languages.Of(Last(PartNames.Language));
        var numbers = NumberTable.Of(language ?? Languages.Current);
        IReadOnlyDictionary<string, IReadOnlyList<string>> all =
            texts.ToDictionary(text => text.Key, IReadOnlyList<string> (text) => text.Value, StringComparer.Ordinal);
        foreach (var table in form.Fields.OfType<Field.Table>().Where(table => all.Keys.Any(name => name.StartsWith(table.Name + '.', StringComparison.Ordinal))))
        {
            var rows = TypedRows.Of(table, all).Select(row => (Texts: row, Values: TypedRows.ToJson(table, row, numbers))).ToArray();
            if (Last(PartNames.Rows) is null)
            {
                rows = [.. rows.Where(row => !Field.Table.IsEmptyRow(row.Values))]; // an empty row does not count
                all = TypedRows.With(all, table, [.. rows.Select(row => row.Texts)]);
            }

            values[table.Name] = rows.Length > 0 ? new JsonArray([.. rows.Select(row => row.Values)]) : null;
        }

        foreach (var (name, typed) in texts.Where(text => !PartNames.IsOurs(text.Key) && !TypedRows.IsCell(form, text.Key)))
        {
            values[name] = form.Find(name) is { } field ? TypedValues.ToValue(field, typed, numbers) : JsonValue.Create(typed[^1]);
        }

        Dictionary<string, IReadOnlyList<FileValue>> files = new(StringComparer.Ordinal);
        foreach (var field in form.Fields.OfType<Field.File>())
        {
            List<FileValue> chosen = [.. Kept(field), .. fresh.GetValueOrDefault(field.Name) ?? []];
            if (!field.Multiple && fresh.TryGetValue(field.Name, out var others))
            {
                chosen = others; // another file replaces the kept one
            }

            if (chosen.Count > 0)
            {
                files[field.Name] = chosen;
                values[field.Name] = field.Multiple || chosen.Count > 1
                    ? new JsonArray([.. chosen.Select(file => file.ToJson())])
                    : chosen[0].ToJson();
            }
        }

        foreach (var field in form.Fields.Where(field => FromPage && field is { TakesInput: true, ReadOnly: false }))
        {
            values.TryAdd(field.Name, FieldFaces.Of(field).Untouched(field));
        }

        return new Sent
        {
            Values = values,
            Language = language,
            FromPage = FromPage,
            Typed = all,
            Files = files,
            Fresh = [.. Fresh],
            Lost = lost.ToDictionary(files => files.Key, IReadOnlyList<string> (files) => files.Value, StringComparer.Ordinal),
            Removed = [.. form.Fields.OfType<Field.File>().SelectMany(Removed)],
            UploadProblems = problems,
            IsFull = isFull,
            Rejects = texts.ContainsKey(PartNames.Reject),
            Reason = Last(PartNames.Reason) is { } reason && !BlankText.Is(reason) ? reason.Trim() : null,
            Key = Last(PartNames.SubmissionKey),
            Page = int.TryParse(Last(PartNames.Page), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0,
            Go = Last(PartNames.Go),
            Rows = Last(PartNames.Rows),
            ShownMark = Last(PartNames.Shown),
            Round = int.TryParse(Last(PartNames.Round), NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : null,
        };
    }

    private IEnumerable<FileValue> Kept(Field.File field)
    {
        var removed = Removed(field);
        return (texts.GetValueOrDefault(PartNames.Kept(field.Name)) ?? [])
            .Select(sealedFile => keptFiles.Open(taskId, field.Name, sealedFile))
            .OfType<FileValue>()
            .Where(file => !removed.Contains(file.FileId) && !gone.Contains(file.FileId))
            .DistinctBy(file => file.FileId);
    }

    private List<string> Removed(Field.File field) => texts.GetValueOrDefault(PartNames.Remove(field.Name)) ?? [];

    private string? Last(string name) => texts.TryGetValue(name, out var values) ? values[^1] : null;

    private void Refuse(string field, string message) =>
        problems.Add(new InputProblem(field, JsonPointer.Append("/values", field), message));
}
