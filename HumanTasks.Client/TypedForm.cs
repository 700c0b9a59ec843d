using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Client;

/// <summary>
/// Converts a .NET type to a form, and the values of a response to an instance of the type. Properties can be text, numbers,
/// Booleans, dates, times, date-times, URIs, enums (one choice), arrays of an enum (several choices), and files.
/// </summary>
public static class TypedForm
{
    /// <summary>The members of the type that trimming must preserve.</summary>
    public const DynamicallyAccessedMemberTypes Needs =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Creates the form of a type.</summary>
    /// <exception cref="NotSupportedException">A property has a type without a matching field type.</exception>
    public static JsonObject Of([DynamicallyAccessedMembers(Needs)] Type type, string? submitLabel = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var fields = new JsonArray();
        foreach (var property in PropertiesOf(type))
        {
            fields.Add((JsonNode)FieldOf(property));
        }

        var form = new JsonObject { ["fields"] = fields };
        if (submitLabel is not null)
        {
            form["submitLabel"] = submitLabel;
        }

        return form;
    }

    /// <summary>
    /// Creates an instance of the type from the values of a response. Missing values are null or the default.
    /// </summary>
    public static object Read([DynamicallyAccessedMembers(Needs)] Type type, JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(values);
        PropertyInfo[] properties = [.. PropertiesOf(type)];
        var constructor = type.GetConstructors()
            .OrderByDescending(constructor => constructor.GetParameters().Length)
            .FirstOrDefault(constructor => constructor.GetParameters().All(parameter => Array.Exists(properties, property => Same(property, parameter))))
            ?? throw new NotSupportedException($"{type} needs a public constructor with one parameter for each property.");
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter =>
            ValueOf(Array.Find(properties, property => Same(property, parameter))!, values))]);
        foreach (var property in properties.Where(property => property.CanWrite && !Array.Exists(parameters, parameter => Same(property, parameter))))
        {
            if (values.ContainsKey(NameOf(property)))
            {
                property.SetValue(made, ValueOf(property, values));
            }
        }

        return made;
    }

    private static IEnumerable<PropertyInfo> PropertiesOf([DynamicallyAccessedMembers(Needs)] Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.GetCustomAttribute<DisplayAttribute>()?.GetOrder() ?? 0);

    private static bool Same(PropertyInfo property, ParameterInfo parameter) =>
        property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) && property.PropertyType == parameter.ParameterType;

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static JsonObject FieldOf(PropertyInfo property)
    {
        var display = property.GetCustomAttribute<DisplayAttribute>();
        var (type, optional) = Nullable.GetUnderlyingType(property.PropertyType) is { } inner ? (inner, true) : (property.PropertyType, IsNullable(property));
        var field = TypeOf(property, type);
        field["name"] = NameOf(property);
        field["label"] = display?.Name ?? Words(property.Name);
        if (display?.Description is { } help)
        {
            field["help"] = help;
        }

        // a Boolean is a checkbox: required would mean that it must be ticked
        if (property.IsDefined(typeof(RequiredAttribute)) || (!optional && type != typeof(bool) && !IsList(type)))
        {
            field["required"] = true;
        }

        AddLimits(property, type, field);
        return field;
    }

    private static JsonObject TypeOf(PropertyInfo property, Type type)
    {
        if (ElementOf(type) is { } element)
        {
            return element.IsEnum ? new JsonObject { ["type"] = "multiChoice", ["options"] = OptionsOf(element) }
                : element == typeof(AnsweredFile) ? new JsonObject { ["type"] = "file", ["multiple"] = true }
                : throw Unsupported(property);
        }

        return type == typeof(string) ? TextOf(property)
            : type.IsEnum ? new JsonObject { ["type"] = "choice", ["options"] = OptionsOf(type) }
            : new JsonObject
            {
                ["type"] = type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) ? "integer"
                    : type == typeof(decimal) || type == typeof(double) || type == typeof(float) ? "number"
                    : type == typeof(bool) ? "boolean"
                    : type == typeof(DateOnly) ? "date"
                    : type == typeof(TimeOnly) ? "time"
                    : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? "dateTime"
                    : type == typeof(Uri) ? "url"
                    : type == typeof(AnsweredFile) ? "file"
                    : throw Unsupported(property),
            };
    }

    private static JsonObject TextOf(PropertyInfo property)
    {
        var kind = property.IsDefined(typeof(EmailAddressAttribute)) ? "email" : property.IsDefined(typeof(UrlAttribute)) ? "url" : "text";
        var field = new JsonObject { ["type"] = kind };
        if (kind == "text" && property.GetCustomAttributes<DataTypeAttribute>().Any(data => data.DataType == DataType.MultilineText))
        {
            field["multiline"] = true;
        }

        return field;
    }

    private static void AddLimits(PropertyInfo property, Type type, JsonObject field)
    {
        if (type == typeof(bool))
        {
            if (property.GetCustomAttribute<AllowedValuesAttribute>() is { Values: [true] }
                || property.GetCustomAttribute<RangeAttribute>() is { Minimum: "true" or "True" or true })
            {
                field["mustBeTrue"] = true; // the .NET notation for a consent
            }

            return;
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            field["min"] = Limit(range.Minimum, type);
            field["max"] = Limit(range.Maximum, type);
        }

        if (type != typeof(string) || (string?)field["type"] != "text")
        {
            return;
        }

        var length = property.GetCustomAttribute<StringLengthAttribute>();
        if ((property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? length?.MinimumLength) is { } least and > 0)
        {
            field["minLength"] = least;
        }

        if ((property.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? length?.MaximumLength) is { } most and > 0)
        {
            field["maxLength"] = most;
        }

        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } expression)
        {
            field["pattern"] = expression.Pattern;
        }
    }

    private static JsonNode Limit(object limit, Type type) =>
        type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(DateTimeOffset) || type == typeof(DateTime)
            ? JsonValue.Create(Convert.ToString(limit, CultureInfo.InvariantCulture)!)
            : JsonValue.Create(Convert.ToDecimal(limit, CultureInfo.InvariantCulture));

    private static object? ValueOf(PropertyInfo property, JsonObject values)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var value = values[NameOf(property)];
        if (ElementOf(type) is { } element)
        {
            return ListOf(type, element, value as JsonArray ?? []);
        }

        return value is null ? DefaultOf(property.PropertyType)
            : type == typeof(string) ? value.GetValue<string>()
            : type.IsEnum ? EnumOf(type, value.GetValue<string>())
            : type == typeof(bool) ? value.GetValue<bool>()
            : type == typeof(AnsweredFile) ? value.Deserialize(ClientJson.Default.AnsweredFile)
            : type == typeof(Uri) ? new Uri(value.GetValue<string>())
            : type == typeof(DateOnly) ? DateOnly.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture)
            : type == typeof(TimeOnly) ? TimeOnly.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture)
            : type == typeof(DateTime) ? DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture).UtcDateTime
            : Convert.ChangeType(decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
    }

    private static object? DefaultOf(Type type) =>
        type == typeof(bool) ? false
        : !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null
        : type.IsEnum ? Enum.ToObject(type, 0)
        : type == typeof(DateOnly) ? default(DateOnly)
        : type == typeof(TimeOnly) ? default(TimeOnly)
        : type == typeof(DateTimeOffset) ? default(DateTimeOffset)
        : type == typeof(DateTime) ? default(DateTime)
        : Convert.ChangeType(0, type, CultureInfo.InvariantCulture);

    private static Array ListOf(Type type, Type element, JsonArray items)
    {
        var list = NewArray(type, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            list.SetValue(
                element.IsEnum ? EnumOf(element, items[i]!.GetValue<string>()) : items[i].Deserialize(ClientJson.Default.AnsweredFile), i);
        }

        return list;
    }

#if NET9_0_OR_GREATER
    private static Array NewArray(Type type, int length) => Array.CreateInstanceFromArrayType(type, length);
#else
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The array's type is a property's, which keeps it.")]
    private static Array NewArray(Type type, int length) => Array.CreateInstance(type.GetElementType()!, length);
#endif

    private static bool IsList(Type type) => ElementOf(type) is not null;

    // only arrays: ahead-of-time compilation can create them from the type of the property
    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType() : null;

    private static JsonArray OptionsOf(Type type) => new(
    [
        .. Enum.GetNames(type).Select(name => new JsonObject
        {
            ["value"] = JsonNamingPolicy.CamelCase.ConvertName(name),
            ["label"] = LabelOf(type, name),
        }),
    ]);

    private static object EnumOf(Type type, string value) =>
        Enum.Parse(type, Enum.GetNames(type).First(name => JsonNamingPolicy.CamelCase.ConvertName(name) == value));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The fields of an enum stay as long as the enum does.")]
    private static string LabelOf(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<DisplayAttribute>()?.Name ?? Words(name);

    private static bool IsNullable(PropertyInfo property) =>
        !property.PropertyType.IsValueType
        && (!AppContext.TryGetSwitch("System.Reflection.NullabilityInfoContext.IsSupported", out var supported) || supported)
        && new NullabilityInfoContext().Create(property).WriteState is NullabilityState.Nullable;

    /// <summary>Converts PascalCase to words: DueDate becomes "Due date".</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var starts = i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]);
            words.Append(starts ? " " : "").Append(starts ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return words.ToString();
    }

    private static NotSupportedException Unsupported(PropertyInfo property) =>
        new($"{property.DeclaringType?.Name}.{property.Name} is {property.PropertyType}, which has no matching field type.");
}
