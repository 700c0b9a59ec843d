using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>
/// JSON in the canonical form for hashes and signatures: the JSON Canonicalization Scheme (RFC 8785), with members
/// sorted by UTF-16 code units and numbers as in ECMAScript. A number is kept as written if a double cannot hold its
/// digits or its size, so that no typed value changes.
/// </summary>
public static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    public static byte[] Write(JsonNode? node) => Write(JsonSerializer.SerializeToElement(node, ValueJson.Default.JsonNode));

    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(element, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Appends the canonical form to the buffer.</summary>
    internal static void Write(JsonNode? node, ArrayBufferWriter<byte> to) =>
        Write(JsonSerializer.SerializeToElement(node, ValueJson.Default.JsonNode), to);

    internal static void Text(string? text, ArrayBufferWriter<byte> to)
    {
        if (text is null)
        {
            Put(to, "null");
        }
        else
        {
            Quoted(text, to);
        }
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var first = true;
                Put(to, "{");
                foreach (var member in Sorted(element))
                {
                    Put(to, first ? "" : ",");
                    first = false;
                    Quoted(member.Name, to);
                    Put(to, ":");
                    Write(member.Value, to);
                }

                Put(to, "}");
                break;
            case JsonValueKind.Array:
                Put(to, "[");
                var head = true;
                foreach (var item in element.EnumerateArray())
                {
                    Put(to, head ? "" : ",");
                    head = false;
                    Write(item, to);
                }

                Put(to, "]");
                break;
            case JsonValueKind.String:
                Quoted(element.GetString()!, to);
                break;
            case JsonValueKind.Number:
                Put(to, Number(element));
                break;
            default:
                Put(to, element.GetRawText()); // true, false, null
                break;
        }
    }

    private static (string Name, JsonElement Value)[] Sorted(JsonElement element)
    {
        var members = new (string Name, JsonElement Value)[element.GetPropertyCount()];
        var count = 0;
        foreach (var member in element.EnumerateObject())
        {
            members[count++] = (member.Name, member.Value);
        }

        Array.Sort(members, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return members;
    }

    private static string Number(JsonElement element)
    {
        var value = element.GetDouble();
        return !double.IsFinite(value) ? element.GetRawText()
            : element.TryGetDecimal(out var exact) && !IsSame(value, exact) ? exact.ToString(CultureInfo.InvariantCulture)
            : Number(value);
    }

    // decimal.MaxValue is not a double; the nearest one exceeds every decimal
    private static bool IsSame(double value, decimal exact) =>
        Math.Abs(value) < (double)decimal.MaxValue && (decimal)value == exact;

    // ECMAScript's Number::toString, over the shortest digits that read back as the same double
    private static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var at = shortest.IndexOf('E', StringComparison.Ordinal);
        var (mantissa, power) = at < 0 ? (shortest, 0) : (shortest[..at], int.Parse(shortest[(at + 1)..], CultureInfo.InvariantCulture));
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? all.Length : point) + power - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        return sign + exponent switch
        {
            > 21 or <= -6 => Exponential(digits, exponent - 1),
            <= 0 => $"0.{new string('0', -exponent)}{digits}",
            _ when digits.Length <= exponent => digits + new string('0', exponent - digits.Length),
            _ => $"{digits[..exponent]}.{digits[exponent..]}",
        };
    }

    private static string Exponential(string digits, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");

    private static void Quoted(string text, ArrayBufferWriter<byte> to)
    {
        if (!text.AsSpan().ContainsAny(Escaped))
        {
            Put(to, "\"");
            Put(to, text);
            Put(to, "\"");
            return;
        }

        var written = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append(@"\\"),
                '\b' => written.Append(@"\b"),
                '\f' => written.Append(@"\f"),
                '\n' => written.Append(@"\n"),
                '\r' => written.Append(@"\r"),
                '\t' => written.Append(@"\t"),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => written.Append(character),
            };
        }

        Put(to, written.Append('"').ToString());
    }

    internal static void Put(ArrayBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);
}
