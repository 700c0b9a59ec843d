using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools;

/// <summary>The arguments of a call and their problems.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> given = new(StringComparer.Ordinal);

    /// <param name="known">The arguments of the tool.</param>
    /// <param name="arguments">The arguments that were sent.</param>
    public ToolArguments(IReadOnlyList<ToolArgument> known, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        foreach (var (name, value) in arguments ?? [])
        {
            var at = ToolProblems.At("", name);
            if (known.FirstOrDefault(argument => argument.Name == name) is not { } argument)
            {
                Problems.Add(at, $"Unknown argument '{name}'. Use: {string.Join(", ", known.Select(argument => argument.Name))}.");
            }
            else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && IsWhole(value, at) && IsRight(argument, value, at))
            {
                given[name] = value;
            }
        }

        foreach (var argument in known.Where(argument => argument.Required && !given.ContainsKey(argument.Name)))
        {
            var at = ToolProblems.At("", argument.Name);
            if (!Problems.Exists(problem => problem.Pointer == at))
            {
                Problems.Add(at, $"'{argument.Name}' is required: {argument.Description}");
            }
        }
    }

    public ToolProblems Problems { get; } = [];

    public bool Has(string name) => given.ContainsKey(name);

    public string? Text(string name) => given.TryGetValue(name, out var value) ? value.GetString() : null;

    public int Integer(string name, int usual) => given.TryGetValue(name, out var value) ? (int)value.GetDouble() : usual;

    public double? Number(string name) => given.TryGetValue(name, out var value) ? value.GetDouble() : null;

    public bool? Flag(string name) => given.TryGetValue(name, out var value) ? value.GetBoolean() : null;

    /// <summary>
    /// Returns JSON, also if it was sent as text. Adds a problem and returns null if it has another type.
    /// </summary>
    public T? Json<T>(string name)
        where T : JsonNode
    {
        if (!given.TryGetValue(name, out var value))
        {
            return null;
        }

        var at = ToolProblems.At("", name);
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                using var document = JsonDocument.Parse(value.GetString()!);
                value = document.RootElement.Clone();
            }
            catch (JsonException malformed)
            {
                Problems.Add(at, $"The text is not JSON: {malformed.Message}");
                return null;
            }

            if (!IsWhole(value, at))
            {
                return null;
            }
        }

        JsonNode? node = value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            _ => null,
        };
        if (node is T wanted)
        {
            return wanted;
        }

        Problems.Add(at, typeof(T) == typeof(JsonObject) ? "This must be an object." : "This must be a list.");
        return null;
    }

    private bool IsRight(ToolArgument argument, JsonElement value, string at)
    {
        if (!argument.Types.Any(type => Is(type, value)))
        {
            Problems.Add(at, $"This must be {Article(argument.Types)}{Range(argument)}, not {Kind(value)}.");
            return false;
        }

        if (value.ValueKind == JsonValueKind.Number && !value.TryGetDecimal(out _))
        {
            Problems.Add(at, $"This number is too large: it must be {Article(argument.Types)}{Range(argument)}, in the range of a decimal.");
            return false;
        }

        if (value.ValueKind == JsonValueKind.Number && (value.GetDouble() < argument.Minimum || value.GetDouble() > argument.Maximum))
        {
            Problems.Add(at, $"This must be {Article(argument.Types)}{Range(argument)}.");
            return false;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        var text = value.GetString()!;
        var problem = argument.Required && string.IsNullOrWhiteSpace(text) ? "This must not be empty."
            : text.Length > argument.MaxLength ? string.Create(CultureInfo.InvariantCulture, $"This is too long: at most {argument.MaxLength} characters.")
            : argument.Words?.Contains(text) == false ? $"This must be one of: {string.Join(", ", argument.Words)}."
            : null;
        if (problem is not null)
        {
            Problems.Add(at, problem);
        }

        return problem is null;
    }

    /// <summary>Returns whether all texts are valid Unicode and no object has a duplicate member.</summary>
    private bool IsWhole(JsonElement value, string at)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                try
                {
                    _ = value.GetString();
                    return true;
                }
                catch (InvalidOperationException)
                {
                    Problems.Add(at, "This text is invalid: it has an unpaired surrogate.");
                    return false;
                }

            case JsonValueKind.Array:
                return value.EnumerateArray().Select((item, index) => IsWhole(item, ToolProblems.At(at, index))).ToArray().All(whole => whole);
            case JsonValueKind.Object:
                return AreWhole(value, at);
            default:
                return true;
        }
    }

    private bool AreWhole(JsonElement value, string at)
    {
        var (whole, names) = (true, new HashSet<string>(StringComparer.Ordinal));
        foreach (var member in value.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                Problems.Add(at, "A member name is invalid: it has an unpaired surrogate.");
                whole = false;
                continue;
            }

            var inner = ToolProblems.At(at, name);
            if (!names.Add(name))
            {
                Problems.Add(inner, $"'{name}' appears twice.");
                whole = false;
            }

            whole &= IsWhole(member.Value, inner);
        }

        return whole;
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number == Math.Truncate(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Array,
    };

    private static string Article(string[] types) => string.Join(" or ", types.Select(type => type switch
    {
        "string" when types.Length > 1 => "a text containing JSON",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "object" => "an object",
        _ => "a list",
    }));

    private static string Range(ToolArgument argument) => argument switch
    {
        { Minimum: { } min, Maximum: { } max } => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
        _ => "",
    };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: <= 40 } text ? $"the text '{text}'" : "a text",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Object => "an object",
        _ => "a list",
    };
}
