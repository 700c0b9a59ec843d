using System.Text.Json;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>Reads a form's definition and notes every problem with its pointer.</summary>
public static partial class FormReader
{
    public const int MaxFields = 200;
    public const int MaxOptions = 500;
    public const int MaxTextLength = 20_000;
    public const int MaxFiles = 20;

    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    private static readonly string[] SecretNames = ["password", "passwort", "secret"];

    public static Form? Read(JsonElement element, string pointer, Problems problems)
    {
        if (ObjectReader.Open(element, pointer, problems) is not { } reader)
        {
            return null;
        }

        var before = problems.Count;
        var submitLabel = reader.Text("submitLabel", 100);
        List<Field> fields = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        List<(Field Field, ObjectReader Reader)> read = [];
        var items = reader.Array("fields", MaxFields);
        if (reader.Any("fields") is null || reader.IsEmptyList("fields"))
        {
            reader.Refuse("fields", "A form needs at least one field.");
        }

        foreach (var (item, at) in items)
        {
            if (ObjectReader.Open(item, at, problems) is not { } fieldReader)
            {
                continue;
            }

            var name = fieldReader.RequiredText("name", 64);
            if (!names.Add(name) && name.Length > 0)
            {
                fieldReader.Refuse("name", $"There are two fields named '{name}'.");
            }

            if (ReadField(fieldReader, name) is { } field)
            {
                fields.Add(field);
                read.Add((field, fieldReader));
            }
        }

        reader.Finish();
        CheckConditions(read, names);
        var templates = problems.Resolved
            ? new ValueTemplate.Literal(element)
            : ValueTemplate.Parse(element, pointer, problems);
        return problems.Count == before ? new Form(element.Clone(), templates, fields, submitLabel) : null;
    }

    private static void CheckConditions(List<(Field Field, ObjectReader Reader)> fields, HashSet<string> names)
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

    private static Field? ReadField(ObjectReader reader, string name)
    {
        var type = reader.RequiredText("type", 50);
        if (name.Length > 0 && !FieldName().IsMatch(name))
        {
            reader.Refuse("name", "A field's name starts with a letter and has only letters, digits, '_' and '-'.");
        }

        var value = reader.Any("value");
        var field = ReadType(reader, type, name);
        if (field is null)
        {
            return null;
        }

        field = field with
        {
            Label = reader.Text("label", 500) ?? name,
            Help = reader.Text("help", 2000),
            Required = reader.Flag("required") ?? false,
            ReadOnly = reader.Flag("readOnly") ?? false,
            Message = reader.Text("message", 500),
            Value = value is { } given ? JsonSerializer.SerializeToNode(given, CoreJson.Default.JsonElement) : null,
            VisibleWhen = reader.Any("visibleWhen") is { } condition
                ? ConditionReader.Read(condition, reader.At("visibleWhen"), reader.Problems, "field")
                : null,
        };
        if (field is Field.File && value is not null)
        {
            reader.Refuse("value", "A file field cannot be prefilled.");
        }

        reader.Finish();
        return field;
    }

    private static Field? ReadType(ObjectReader reader, string type, string name)
    {
        switch (type)
        {
            case "text":
                return ReadText(reader, name);
            case "number" or "integer":
                var number = new Field.Number
                {
                    Name = name,
                    Label = name,
                    Whole = type == "integer",
                    Min = reader.Decimal("min"),
                    Max = reader.Decimal("max"),
                    Step = reader.Decimal("step"),
                };
                Ordered(reader, number.Min <= number.Max || number.Min is null || number.Max is null);
                if (number.Step <= 0)
                {
                    reader.Refuse("step", "'step' must be above 0.");
                }

                return number;
            case "date" or "time" or "dateTime":
                return ReadMoment(reader, type, name);
            case "email":
                return new Field.Email { Name = name, Label = name };
            case "url":
                return new Field.Url { Name = name, Label = name };
            case "boolean":
                return new Field.Boolean { Name = name, Label = name };
            case "choice":
                return new Field.Choice
                {
                    Name = name,
                    Label = name,
                    Options = ReadOptions(reader),
                    Display = Enum.Parse<ChoiceDisplay>(
                        reader.OneOf("display", "dropdown", "dropdown", "radio", "buttons"), ignoreCase: true),
                };
            case "multiChoice":
                return new Field.MultiChoice { Name = name, Label = name, Options = ReadOptions(reader) };
            case "file":
                return ReadFile(reader, name);
            case "password" or "secret":
                reader.Refuse("type", "Secrets are refused: there is no password field. Ask for secrets in a vault, not in a form.");
                return null;
            case "":
                return null;
            default:
                reader.Refuse("type", $"Unknown field type '{type}'.");
                return null;
        }
    }

    private static Field.Text ReadText(ObjectReader reader, string name)
    {
        var pattern = reader.Text("pattern", 500);
        var field = new Field.Text
        {
            Name = name,
            Label = name,
            Multiline = reader.Flag("multiline") ?? false,
            MinLength = reader.Integer("minLength", 0, MaxTextLength),
            MaxLength = reader.Integer("maxLength", 1, MaxTextLength) ?? MaxTextLength,
            Pattern = pattern,
            Matcher = pattern is null ? null : Matcher(reader, pattern),
        };
        if (field.MinLength > field.MaxLength)
        {
            reader.Refuse("minLength", "'minLength' is above 'maxLength'.");
        }

        if (SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            reader.Refuse("name", "Secrets are refused: a form does not ask for passwords.");
        }

        return field;
    }

    /// <summary>Linear time where the pattern allows it, a time limit where it does not.</summary>
    private static Regex? Matcher(ObjectReader reader, string pattern)
    {
        var whole = $@"\A(?:{pattern})\z";
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, PatternTime); // alone: "a)|(?:b" is none, but fits into ours
            return new Regex(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            reader.Refuse("pattern", "'pattern' is not a regular expression.");
            return null;
        }
    }

    private static Field.Moment ReadMoment(ObjectReader reader, string type, string name)
    {
        var kind = Enum.Parse<MomentKind>(type, ignoreCase: true);
        var field = new Field.Moment
        {
            Name = name,
            Label = name,
            Kind = kind,
            Min = Bound(reader, "min", kind),
            Max = Bound(reader, "max", kind),
        };
        Ordered(reader, field.Min is null || field.Max is null || string.CompareOrdinal(field.Min, field.Max) <= 0);
        return field;
    }

    private static string? Bound(ObjectReader reader, string member, MomentKind kind)
    {
        if (reader.Text(member, 40) is not { } text)
        {
            return null;
        }

        if (Moments.TryNormalize(kind, text, out var normal))
        {
            return normal;
        }

        reader.Refuse(member, $"'{text}' is not a {Moments.Example(kind)}.");
        return null;
    }

    private static Field.File ReadFile(ObjectReader reader, string name)
    {
        List<string> accept = [];
        foreach (var (entry, pointer) in reader.TextsAt("accept", 50, 100))
        {
            accept.Add(entry);
            if (!AcceptEntry().IsMatch(entry))
            {
                reader.Problems.Add(
                    pointer, $"'{entry}' is neither an extension such as .pdf nor a media type such as image/*.");
            }
        }

        var multiple = reader.Flag("multiple") ?? false;
        var maxFiles = reader.Integer("maxFiles", 1, MaxFiles);
        if (maxFiles > 1 && !multiple)
        {
            reader.Refuse("maxFiles", "'maxFiles' above 1 needs 'multiple'.");
        }

        return new Field.File
        {
            Name = name,
            Label = name,
            Accept = accept,
            MaxBytes = reader.Integer("maxBytes", 1, int.MaxValue),
            Multiple = multiple,
            MaxFiles = multiple ? maxFiles ?? MaxFiles : 1,
        };
    }

    private static List<Option> ReadOptions(ObjectReader reader)
    {
        List<Option> options = [];
        HashSet<string> values = new(StringComparer.Ordinal);
        var items = reader.Array("options", MaxOptions);
        if (reader.Any("options") is null || reader.IsEmptyList("options"))
        {
            reader.Refuse("options", "At least one option is required.");
        }

        foreach (var (item, at) in items)
        {
            if (ObjectReader.Open(item, at, reader.Problems) is not { } option)
            {
                continue;
            }

            var value = option.RequiredText("value", 200);
            if (!values.Add(value) && value.Length > 0)
            {
                option.Refuse("value", $"There are two options with the value '{value}'.");
            }

            options.Add(new Option(value, option.Text("label", 500) ?? value));
            option.Finish();
        }

        return options;
    }

    private static void Ordered(ObjectReader reader, bool ordered)
    {
        if (!ordered)
        {
            reader.Refuse("min", "'min' is above 'max'.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"\A(\.[A-Za-z0-9]{1,16}|[a-z0-9.+-]+/(\*|[a-z0-9.+-]+))\z")]
    private static partial Regex AcceptEntry();
}
