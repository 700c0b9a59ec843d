using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>Checks the answer to one field: the value as it is kept, or what is wrong with it.</summary>
internal static partial class FieldInput
{
    private const int MaxAddressLength = 254;
    private const int MaxUrlLength = 2000;

    public static (JsonNode? Value, string? Problem) Check(Field field, JsonNode given, long maxFileBytes) => field switch
    {
        Field.Text text => CheckText(text, given),
        Field.Number number => CheckNumber(number, given),
        Field.Moment moment => CheckMoment(moment, given),
        Field.Email => Text(given) is { } email && email.Length <= MaxAddressLength && EmailAddress().IsMatch(email)
            ? (JsonValue.Create(email), null)
            : Wrong(field, "NotAnEmail"),
        Field.Url => Text(given) is { Length: <= MaxUrlLength } url && IsWebAddress(url)
            ? (JsonValue.Create(url), null)
            : Wrong(field, "NotAUrl"),
        Field.Boolean => given.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => (given.DeepClone(), null),
            _ => Wrong(field, "NotABoolean"),
        },
        Field.Choice choice => JsonValues.TryText(given, out var value) && choice.Options.Any(option => option.Value == value)
            ? (given.DeepClone(), null)
            : Wrong(field, "NotAnOption"),
        Field.MultiChoice choices => CheckChoices(choices, given),
        Field.File file => CheckFiles(file, given, maxFileBytes),
        _ => throw new InvalidOperationException($"Unknown field {field.GetType().Name}."),
    };

    public static bool IsEmailAddress(string text) => text.Length <= MaxAddressLength && EmailAddress().IsMatch(text);

    private static (JsonNode?, string?) CheckText(Field.Text field, JsonNode given)
    {
        if (!JsonValues.TryText(given, out var text))
        {
            return Wrong(field, "NotAText");
        }

        if (text.Length < field.MinLength)
        {
            return Wrong(field, "TooShort", field.MinLength);
        }

        if (text.Length > field.MaxLength)
        {
            return Wrong(field, "TooLong", field.MaxLength);
        }

        return Matches(field.Matcher, text) ? (JsonValue.Create(text), null) : Wrong(field, "Pattern");
    }

    private static bool Matches(Regex? matcher, string text)
    {
        try
        {
            return matcher?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false; // what a pattern cannot decide in its time does not match
        }
    }

    private static (JsonNode?, string?) CheckNumber(Field.Number field, JsonNode given)
    {
        if (!JsonValues.TryNumber(given, out var number))
        {
            return Wrong(field, "NotANumber");
        }

        if (field.Whole && number != decimal.Truncate(number))
        {
            return Wrong(field, "NotWhole");
        }

        if (number < field.Min)
        {
            return Wrong(field, "BelowMin", field.Min);
        }

        if (number > field.Max)
        {
            return Wrong(field, "AboveMax", field.Max);
        }

        // each rest by itself: the distance of two numbers may be too large for a number
        return field.Step is { } step && ((number % step) - ((field.Min ?? 0) % step)) % step != 0
            ? Wrong(field, "OffStep", step)
            : (given.DeepClone(), null);
    }

    private static (JsonNode?, string?) CheckMoment(Field.Moment field, JsonNode given)
    {
        if (Text(given) is not { } text || !Moments.TryNormalize(field.Kind, text, out var normal))
        {
            return Wrong(field, field.Kind switch
            {
                MomentKind.Date => "NotADate",
                MomentKind.Time => "NotATime",
                _ => "NotAMoment",
            });
        }

        if (field.Min is { } min && string.CompareOrdinal(normal, min) < 0)
        {
            return Wrong(field, "TooEarly", min);
        }

        return field.Max is { } max && string.CompareOrdinal(normal, max) > 0
            ? Wrong(field, "TooLate", max)
            : (JsonValue.Create(normal), null);
    }

    private static (JsonNode?, string?) CheckChoices(Field.MultiChoice field, JsonNode given)
    {
        if (given is not JsonArray list)
        {
            return Wrong(field, "NotAList");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (!JsonValues.TryText(item, out var value) || field.Options.All(option => option.Value != value))
            {
                return Wrong(field, "NotAnOption");
            }

            if (!seen.Add(value))
            {
                return Wrong(field, "Twice");
            }
        }

        return (list.DeepClone(), null);
    }

    private static (JsonNode?, string?) CheckFiles(Field.File field, JsonNode given, long maxFileBytes)
    {
        var items = given is JsonArray list ? list.ToArray() : [given];
        List<FileValue> files = [];
        if (items.Length > field.MaxFiles)
        {
            return Wrong(field, "TooManyFiles", field.MaxFiles);
        }

        foreach (var item in items)
        {
            if (FileValue.TryRead(item) is not { } file)
            {
                return Wrong(field, "NotAFile");
            }

            var limit = Math.Min(field.MaxBytes ?? maxFileBytes, maxFileBytes);
            if (file.Size > limit)
            {
                return Wrong(field, "FileTooLarge", file.Name, FormInput.Size(limit));
            }

            if (file.Size == 0)
            {
                return Wrong(field, "FileEmpty", file.Name);
            }

            if (!file.IsAcceptedBy(field))
            {
                return Wrong(field, "FileNotAccepted", file.Name, string.Join(", ", field.Accept));
            }

            files.Add(file);
        }

        return field.Multiple
            ? (new JsonArray([.. files.Select(file => file.ToJson())]), null)
            : (files[0].ToJson(), null);
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    private static string? Text(JsonNode node) => JsonValues.TryText(node, out var text) ? text.Trim() : null;

    private static (JsonNode?, string?) Wrong(Field field, string text, params ReadOnlySpan<object?> more) =>
        (null, FormTexts.Get(text, [field.Label, .. more.ToArray().Select(value =>
            value is decimal number ? (object)number.ToString(CultureInfo.CurrentCulture) : value ?? "")]));

    [GeneratedRegex(@"\A[^@\s<>,;""]{1,64}@[^@\s<>,;"".]+(\.[^@\s<>,;"".]+)+\z")]
    private static partial Regex EmailAddress();
}
