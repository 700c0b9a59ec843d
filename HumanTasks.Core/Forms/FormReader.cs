using System.Text.Json;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Forms;

/// <summary>Reads the definition of a form and records every problem with its pointer.</summary>
public static partial class FormReader
{
    public const int MaxFields = 200;
    public const int MaxOptions = 500;
    public const int MaxColumns = 20;
    public const int MaxTextLength = 20_000;
    public const int MaxFiles = 20;
    public const int MaxSubmitLabel = 100;
    public const int MaxPages = 20;

    private static readonly KnownForms Known = new();

    /// <param name="element">The definition.</param>
    /// <param name="pointer">The JSON pointer to the definition.</param>
    /// <param name="problems">Receives every problem found.</param>
    /// <param name="timeZone">The IANA time zone of moments; UTC if null.</param>
    /// <param name="language">The language of texts given in several languages.</param>
    public static Form? Read(
        JsonElement element, string pointer, Problems problems, string? timeZone = null, string language = Languages.Fallback)
    {
        if (Known.Find(element, problems, timeZone, language) is { } known)
        {
            return known;
        }

        var form = ReadAnew(element.Clone(), pointer, problems, timeZone, language);
        if (form is not null)
        {
            Known.Add(form, problems, timeZone, language);
        }

        return form;
    }

    /// <param name="element">
    /// The definition. The form keeps it, so it must not be part of a document that is disposed.
    /// </param>
    /// <param name="pointer">The JSON pointer to the definition.</param>
    /// <param name="problems">Receives every problem found.</param>
    /// <param name="timeZone">The IANA time zone of moments; UTC if null.</param>
    /// <param name="language">The language of texts given in several languages.</param>
    private static Form? ReadAnew(JsonElement element, string pointer, Problems problems, string? timeZone, string language)
    {
        if (ObjectReader.Open(element, pointer, problems) is not { } reader)
        {
            return null;
        }

        var before = problems.Count;
        var zone = Moments.ZoneOf(timeZone);
        var submitLabel = reader.LocalText(FormShape.SubmitLabel, language);
        List<Field> fields = [];
        var names = new FieldNames();
        List<(Field Field, ObjectReader Reader)> read = [];
        List<FormPage> pages = [];
        if (reader.Any(FormShape.Pages) is null)
        {
            ReadFields(reader);
        }
        else
        {
            foreach (var (item, at) in reader.Array(FormShape.Pages))
            {
                if (ObjectReader.Open(item, at, problems) is { } page)
                {
                    var first = fields.Count;
                    var title = page.LocalText(FormShape.PageTitle, language);
                    ReadFields(page);
                    page.Finish(FormShape.Page);
                    pages.Add(new FormPage(title?.Text, [.. fields.Skip(first).Select(field => field.Name)], title?.Language));
                }
            }

            if (reader.IsEmptyList(FormShape.Pages))
            {
                reader.Refuse(FormShape.Pages, "A form needs at least one page.");
            }

            if (reader.Any(FormShape.Fields) is not null)
            {
                reader.Refuse(FormShape.Fields, "Put the fields of a multi-page form in 'pages'.");
            }

            if (fields.Count > MaxFields)
            {
                reader.Refuse(FormShape.Pages, $"A form can have at most {MaxFields} fields.");
            }
        }

        reader.Finish(FormShape.Shape);
        CheckConditions(read, names);
        fields = [.. fields.Select(field => field.VisibleWhen is { } when ? field with { VisibleWhen = MomentConditions.Normal(when, fields) } : field)];
        var templates = problems.Resolved || problems.Literal
            ? new ValueTemplate.Literal(element)
            : ValueTemplate.Parse(element, pointer, problems);
        return problems.Count == before ? new Form(element, templates, fields, submitLabel) { Pages = pages } : null;

        void ReadFields(ObjectReader of)
        {
            if (of.Any(FormShape.Fields) is null || of.IsEmptyList(FormShape.Fields))
            {
                of.Refuse(FormShape.Fields, "A form needs at least one field.");
            }

            foreach (var (item, at) in of.Array(FormShape.Fields))
            {
                if (ObjectReader.Open(item, at, problems) is not { } members)
                {
                    continue;
                }

                if (ReadField(members, names.Read(members), zone, language) is { } field)
                {
                    fields.Add(field);
                    read.Add((field, members));
                }
            }
        }
    }

    private static void CheckConditions(List<(Field Field, ObjectReader Reader)> fields, FieldNames names)
    {
        foreach (var (field, reader) in fields)
        {
            foreach (var path in field.VisibleWhen?.Paths ?? [])
            {
                if (path.Root == field.Name || !names.Contains(path.Root))
                {
                    reader.Refuse("visibleWhen", $"'{path.Text}' is not another field of this form.");
                }
            }
        }
    }

    internal static Field? ReadField(ObjectReader members, string name, TimeZoneInfo zone, string language)
    {
        var type = members.RequiredText("type", 50);
        if (name.Length > 0 && !FieldName().IsMatch(name))
        {
            members.Refuse("name", "A field name must start with a letter and contain only letters, digits, '_' and '-'.");
        }

        if (FieldTypes.Find(type) is not { } known)
        {
            RefuseType(members, type);
            return null;
        }

        var value = members.Any("value");
        var texts = new FieldReader(members, type, name, zone, language);
        var field = known.Read(texts);
        if (field is null)
        {
            return null;
        }

        field = field with
        {
            Label = texts.Text(FormShape.Label) ?? name,
            Help = texts.Text(FormShape.Help),
            Required = members.Flag("required") == true || field is Field.Boolean { MustBeTrue: true },
            ReadOnly = members.Flag("readOnly") ?? false,
            Message = texts.Text(FormShape.Message),
            TextLanguages = texts.TextLanguages,
            Value = value is { } given ? JsonSerializer.SerializeToNode(given, ValueJson.Default.JsonElement) : null,
            VisibleWhen = members.Any("visibleWhen") is { } condition
                ? ConditionReader.Read(condition, members.At("visibleWhen"), members.Problems, "field")
                : null,
        };
        members.Finish();
        return field;
    }

    private static void RefuseType(ObjectReader members, string type)
    {
        if (type is "password" or "secret")
        {
            members.Refuse("type", "Password fields aren't supported. Use a secret store instead.");
        }
        else if (type.Length > 0)
        {
            members.Refuse("type", $"Unknown field type '{type}'.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex FieldName();
}
